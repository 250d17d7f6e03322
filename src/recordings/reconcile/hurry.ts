import { settingOrDefault } from "../../config.ts";
import { type Held, lostRace, settle } from "../../storage/ledger.ts";
import { late, raiseChunk } from "../archiving/chunkProblems.ts";
import { handOn } from "../archiving/handOn.ts";
import { type ChunkRow, chunkKey } from "../rows.ts";

/** A chunk that nobody touches for this long, in milliseconds, has lost its job: the host keeps one of a dead worker for ten minutes. */
const patience = 15 * 60_000;

/** Fetches a chunk again that has lost its job, or that is late at a quarter, half or three quarters of its window: then a problem says so. */
export async function hurry({ row, etag }: Held<ChunkRow>): Promise<void> {
  const quarters = quartersPassed(row);
  const late = quarters > (row.alerted ?? 0);
  if (late) await alert(row, quarters);
  const touched = Math.max(...[row.leaseUntil, row.nextTry, row.announcedAt].map((time) => time?.getTime() ?? 0));
  if (!late && Date.now() - touched < patience) return;
  const nextTry = new Date();
  try {
    await settle(chunkKey(row.recordingId, row.documentId), etag, {
      nextTry,
      alerted: Math.max(quarters, row.alerted ?? 0),
    });
  } catch (error) {
    // It was touched meanwhile, so it moves.
    if (lostRace(error)) return;
    throw error;
  }
  await handOn({ ...row, nextTry });
}

/** How many quarters of its window are over; 3 at the most. From the first on, a chunk is late. */
export function quartersPassed({ deadline }: ChunkRow): number {
  const window = settingOrDefault("RECORDING_WINDOW_HOURS");
  const passed = (Date.now() - (deadline.getTime() - window)) / window;
  return Math.max(0, Math.min(3, Math.floor(passed * 4)));
}

function alert(row: ChunkRow, quarters: number): Promise<void> {
  const { errorCode, errorStatus } = row;
  const last = errorCode ? ` The last error was ${errorCode}${errorStatus ? ` (${errorStatus})` : ""}.` : "";
  const advice = `It was put on the queue again.${last} If queue recording-downloads does not move, look at function downloadRecording.`;
  return raiseChunk(row, late(quarters), advice);
}
