import { AcsEventsError } from "../../events/errors.ts";
import type { ChunkRow } from "../rows.ts";

/** How long after its deadline a chunk is still tried, in milliseconds: ACS may keep it longer than it says (48 hours once). */
const grace = 48 * 3_600_000;

/** Whether ACS said that it does not have a file (any more, or yet). */
export function isGone(error: unknown): boolean {
  return error instanceof AcsEventsError && (error.status === 404 || error.status === 410);
}

/** Whether a time has come. */
export function isPast(time: Date): boolean {
  return time.getTime() < Date.now();
}

/** From when on a chunk is not tried any more. */
export function endOfTries({ deadline }: ChunkRow): Date {
  return new Date(deadline.getTime() + grace);
}
