import { firstArrived } from "../storage/firstArrived.ts";
import { walkArrived } from "../storage/walkArrived.ts";
import { endArrived } from "./endEvent.ts";
import type { Limit } from "./limits.ts";

const day = 86_400_000;

/** Days for which a late row is announced at least: seals that were off, or could not be signed, find it when they catch up. */
const least = 90;

/** Ends the announcements of rows that came late, when all that they announce is of an age to be ended. */
export async function endLate(limits: readonly (Limit | undefined)[], now: Date): Promise<void> {
  const days = limits.map((limit) => limit?.days ?? Number.POSITIVE_INFINITY);
  const before = now.getTime() - Math.max(...days, least) * day;
  const first = before > 0 ? await firstArrived("late") : undefined;
  if (first === undefined || first >= before) return;
  for await (const row of walkArrived(["late"], { from: first, to: before })) await endArrived(row);
}
