import { container } from "../storage/blobs.ts";
import { deleteWhole } from "../storage/deleteWhole.ts";
import { httpStatus, inTime } from "../storage/onDemand.ts";
import { resolveProblem } from "../storage/problems.ts";
import { quarantineProblem } from "../storage/quarantineProblem.ts";
import { tombstoneOf } from "../storage/tombstoneOf.ts";
import type { ArrivedRow } from "../storage/walkArrived.ts";
import { endArrived } from "./endEvent.ts";
import type { Limit } from "./limits.ts";
import type { Outcome, Work } from "./work.ts";

/** Ends what is in quarantine, unless it has the id of anything that is held: nobody knows what it is about. */
export async function endQuarantined(work: Work, row: ArrivedRow, limit: Limit): Promise<Outcome> {
  const held = await work.held();
  if (held.any && held.ofText(await readText(row.blob)) !== undefined) return "held";
  await work.tell(row.kind, row.storedAt, limit);
  if ((await tombstoneOf("quarantine", row.blob)) === undefined) await deleteWhole("quarantine", row.blob);
  // Nobody can look at it any more, or have it done again.
  await resolveProblem(quarantineProblem(row.blob));
  await endArrived(row);
  return "ended";
}

async function readText(blob: string): Promise<string> {
  const client = (await container("quarantine")).getBlobClient(blob);
  try {
    return (await client.downloadToBuffer(0, undefined, { abortSignal: inTime() })).toString("utf8");
  } catch (error) {
    if (httpStatus(error) === 404) return "";
    throw error;
  }
}
