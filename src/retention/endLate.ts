import { arrivedDays } from "../storage/arrivedDays.ts";
import { walkArrived } from "../storage/walkArrived.ts";
import { endArrived } from "./endEvent.ts";
import type { Limit } from "./limits.ts";

const day = 86_400_000;

/** Days for which a late row is announced at least: seals that were off, or could not be signed, find it when they catch up. */
const least = 90;

/**
 * Ends the announcements of rows that came late, when all that they announce is of an age to be ended.
 * @returns whether there was time for all
 */
export async function endLate(limits: readonly (Limit | undefined)[], now: Date, stopAt: number): Promise<boolean> {
  const days = limits.map((limit) => limit?.days ?? Number.POSITIVE_INFINITY);
  const before = now.getTime() - Math.max(...days, least) * day;
  for await (const first of arrivedDays(["late"], { from: 0, to: before })) {
    if (Date.now() > stopAt) return false;
    const span = { from: first, to: Math.min(first + day, before) };
    for await (const row of walkArrived(["late"], span)) await endArrived(row);
  }
  return true;
}
