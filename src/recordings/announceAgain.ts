import { type Held, lostRace, settle } from "../storage/ledger.ts";
import { handOn } from "./archiving/handOn.ts";
import { countState } from "./countState.ts";
import { type ChunkRow, chunkKey } from "./rows.ts";

/**
 * A chunk that has come to nothing so far is tried as another event announces it: the first event may have been forged, had
 * locations of another time, or told of an export that failed later.
 */
export async function announceAgain({ row, etag }: Held<ChunkRow>, announced: ChunkRow): Promise<void> {
  if (row.event === announced.event || !isBetter(row, announced)) return;
  const now = announced.announcedAt;
  const again = { ...announced, attempts: 0, turn: row.turn + 1, leaseUntil: new Date(0), nextTry: now };
  try {
    await settle(chunkKey(row.recordingId, row.documentId), etag, again);
  } catch (error) {
    if (lostRace(error)) return;
    throw error;
  }
  countState(again.state, row.state);
  await handOn(again);
}

function isBetter({ state, errorCode, contentLocation }: ChunkRow, announced: ChunkRow): boolean {
  if (state === "failed" || state === "expired") return true;
  if (state === "registered") return announced.state === "announced";
  const waits = (state === "announced" || state === "copying") && Boolean(errorCode);
  return waits && contentLocation !== announced.contentLocation;
}
