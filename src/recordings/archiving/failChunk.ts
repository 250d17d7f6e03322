// What becomes of a chunk whose download failed: nothing is lost as long as ACS may still have it.
import { AcsEventsError } from "../../events/errors.ts";
import { httpStatus, storageErrorCode } from "../../storage/onDemand.ts";
import { raiseProblem } from "../../storage/problems.ts";
import type { ChunkRow } from "../rows.ts";
import type { ChunkHold } from "./chunkHold.ts";
import { tryLater } from "./handOn.ts";
import { endOfTries, isGone, isPast } from "./isGone.ts";
import { raiseMetadataLost } from "./raiseMetadataLost.ts";
import { retryDelay } from "./retryDelay.ts";
import { tellWhatBlocks } from "./tellWhatBlocks.ts";

/** Records a failed try: the chunk is tried later, has expired, or has failed for good. The last two raise a problem. */
export async function failChunk(error: unknown, hold: ChunkHold): Promise<"later" | "expired" | "failed" | "archived"> {
  const { row } = hold;
  const said = {
    errorCode: error instanceof AcsEventsError ? error.code : (storageErrorCode(error) ?? "ACS_EVENTS_INTERNAL"),
    errorStatus: (error instanceof AcsEventsError ? error.status : httpStatus(error)) ?? 0,
    attempts: row.attempts + 1,
  };
  const givenUp = isPast(endOfTries(row));
  // What was archived once has its proof, and may be restored; what has no metadata has its content.
  if (row.sha256 && (givenUp || (row.damaged && isGone(error)))) {
    if (!row.metadata) await raiseMetadataLost(row);
    await hold.update({ ...said, state: "archived", archivedAt: row.archivedAt ?? new Date() });
    return "archived";
  }
  if (isGone(error) && isPast(row.deadline) && !row.sha256) {
    const cause = "ACS does not have a recording any more: its time was over before it was archived";
    await raise("recordingExpired", cause, row, "If a copy exists elsewhere, keep it: ACS has none.");
    await hold.update({ ...said, state: "expired" });
    return "expired";
  }
  if (givenUp) {
    const advice = "Look at the chunk's row in the ledger for the last error. If a copy exists elsewhere, keep it.";
    await raise("recordingFailed", `A recording cannot be archived: ${said.errorCode}`, row, advice);
    await hold.update({ ...said, state: "failed" });
    return "failed";
  }
  await tellWhatBlocks(error, row);
  await tryLater(hold, { ...said, delay: retryDelay(said.attempts) });
  return "later";
}

/** The problem first: after a crash in between, nobody would raise it. */
function raise(
  kind: "recordingExpired" | "recordingFailed",
  cause: string,
  { event, position }: ChunkRow,
  advice: string,
): Promise<void> {
  const source = { container: "events", blob: event } as const;
  return raiseProblem({ kind, cause, advice, raw: `${event}#${position}`, source });
}
