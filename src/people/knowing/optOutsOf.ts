import type { Entity } from "../../events/entities.ts";
import type { OptOutRow } from "../../sms/optOut/optOutRow.ts";
import { readOptOut } from "../../sms/optOut/readOptOut.ts";
import { readAll } from "../../storage/ledger.ts";
import { kindOf } from "./personNamed.ts";

interface OptOut extends Pick<OptOutRow, "state" | "source"> {
  ourNumber: string;
  theirNumber: string;
  at: string;
}

/** Pairs that are looked up. */
const maxPairs = 300;

/** What a person said of texts from our numbers: each is looked up, because opt-outs are kept under hashes. `cut`: there were too many pairs. */
export async function optOutsOf(entities: readonly Entity[]): Promise<{ value: OptOut[]; cut: boolean }> {
  const numbers = entities.filter((name) => kindOf(name) === "phoneNumber").map((name) => name.slice("person:".length));
  const value: OptOut[] = [];
  let pairs = 0;
  if (numbers.length === 0) return { value, cut: false };
  for await (const { rowKey: ourNumber } of readAll(["ourNumber"])) {
    pairs += numbers.length;
    if (pairs > maxPairs) return { value, cut: true };
    const said = await Promise.all(
      numbers.map(async (theirNumber) => ({ theirNumber, row: await readOptOut({ ourNumber, theirNumber }) })),
    );
    for (const { theirNumber, row } of said) {
      if (!row) continue;
      value.push({ ourNumber, theirNumber, state: row.state, at: row.at.toISOString(), source: row.source });
    }
  }
  return { value, cut: false };
}
