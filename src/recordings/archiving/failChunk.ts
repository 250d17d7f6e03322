// What becomes of a chunk whose download failed: nothing is lost as long as ACS may still have it.
import { AcsEventsError } from "../../events/errors.ts";
import { httpStatus, storageErrorCode } from "../../storage/onDemand.ts";
import type { ChunkHold } from "./chunkHold.ts";
import { expired, failed, raiseChunk, raiseMetadataLost } from "./chunkProblems.ts";
import { tryLater } from "./handOn.ts";
import { endOfTries, isGone, isPast } from "./isGone.ts";
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
    // The problem first: after a crash in between, nobody would raise it.
    await raiseChunk(row, expired, "If a copy exists elsewhere, keep it: ACS has none.");
    await hold.update({ ...said, state: "expired" });
    return "expired";
  }
  if (givenUp) {
    await raiseChunk(row, failed, `The last error was ${said.errorCode}. If a copy exists elsewhere, keep it.`);
    await hold.update({ ...said, state: "failed" });
    return "failed";
  }
  await tellWhatBlocks(error, row);
  await tryLater(hold, { ...said, delay: retryDelay(said.attempts) });
  return "later";
}
