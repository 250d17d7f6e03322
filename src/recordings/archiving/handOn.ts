import { enqueue } from "../../storage/enqueue.ts";
import type { ChunkRow } from "../rows.ts";
import type { ChunkHold } from "./chunkHold.ts";

/** Puts the job for a chunk's present turn on the queue, to be received when it is due. */
export async function handOn({ event, position, turn, nextTry }: ChunkRow): Promise<void> {
  const delay = Math.max(0, (nextTry?.getTime() ?? 0) - Date.now());
  await enqueue("recording-downloads", { event, chunk: position, turn }, delay);
}

/** Lets go of a chunk, and hands it to a later job. */
export async function tryLater(
  hold: ChunkHold,
  { delay, ...why }: { delay: number } & Partial<ChunkHold["row"]>,
): Promise<void> {
  const now = Date.now();
  await hold.update({ ...why, turn: hold.row.turn + 1, nextTry: new Date(now + delay), leaseUntil: new Date(0) });
  await handOn(hold.row);
}
