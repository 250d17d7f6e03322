import { read } from "../../storage/ledger.ts";
import { type OptOutRow, optOutKey, type Pair } from "./optOutRow.ts";

/**
 * What one of theirs wants from one of ours; undefined when neither STOP nor START was ever said.
 * @throws AcsEventsError as keyedHash does
 */
export async function readOptOut(pair: Pair): Promise<OptOutRow | undefined> {
  return (await read<OptOutRow>(await optOutKey(pair)))?.row;
}
