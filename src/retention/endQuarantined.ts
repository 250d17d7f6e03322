import { deleteWhole } from "../storage/deleteWhole.ts";
import { resolveProblem } from "../storage/problems.ts";
import { quarantineProblem } from "../storage/quarantineProblem.ts";
import { tombstoneOf } from "../storage/tombstoneOf.ts";
import type { ArrivedRow } from "../storage/walkArrived.ts";
import { readWhole } from "../storage/wholeBlob.ts";
import { endArrived } from "./endEvent.ts";
import type { Limit } from "./limits.ts";
import type { Outcome, Work } from "./work.ts";

/** Ends what is in quarantine, unless it has the id of anything that is held: nobody knows what it is about. */
export async function endQuarantined(work: Work, row: ArrivedRow, limit: Limit): Promise<Outcome> {
  const held = await work.held();
  const whole = held.any ? await readWhole("quarantine", row.blob) : undefined;
  if (whole && held.ofText(whole.content.toString("utf8")) !== undefined) return "held";
  await work.tell(row.kind, row.storedAt, limit);
  if ((await tombstoneOf("quarantine", row.blob)) === undefined) await deleteWhole("quarantine", row.blob);
  // Nobody can look at it any more, or have it done again.
  await resolveProblem(quarantineProblem(row.blob));
  await endArrived(row);
  return "ended";
}
