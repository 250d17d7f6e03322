import { changeRow } from "../../storage/changeRow.ts";
import { type OptOutRow, optOutKey, type Pair } from "./optOutRow.ts";
import { foldOptOut, type OptOutChange } from "./optOutState.ts";

/**
 * Folds a change into the state of a pair. It can be done twice, at once with others, and in any order.
 * @returns the state as it is then
 * @throws AcsEventsError as keyedHash does
 */
export async function noteOptOut(pair: Pair, change: OptOutChange): Promise<OptOutRow> {
  const work = await optOutKey(pair);
  const row = await changeRow<OptOutRow>(work, (before) => {
    const after = foldOptOut(before, change);
    return after === before ? undefined : after;
  });
  return row ?? foldOptOut(undefined, change);
}
