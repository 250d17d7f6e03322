import { Semaphore } from "async-mutex";
import { printable } from "../events/printable.ts";
import { httpStatus } from "../storage/onDemand.ts";
import { failureOf } from "../telemetry/failureOf.ts";
import { isDown } from "./isDown.ts";
import type { Outcome } from "./work.ts";

/** Things that are ended at once. */
const places = 16;

export type Counts = Record<Outcome | "failed", number>;

/**
 * Ends one thing after another while there is time. What storage refuses of one thing (a lease, a policy of immutability), or what this app
 * cannot make anything of, keeps no other from being ended.
 * @returns whether all were looked at
 * @throws what any other call would meet, too: storage is down
 */
export async function endAll<T extends { blob: string }>(
  things: AsyncIterable<T>,
  end: (thing: T) => Promise<Outcome>,
  { counts, stopAt, warn }: { counts: Counts; stopAt: number; warn: (line: string) => void },
): Promise<boolean> {
  const way = new Semaphore(places);
  const failures: unknown[] = [];
  const endOne = async (thing: T) => {
    try {
      counts[await end(thing)]++;
    } catch (error) {
      if (isDown(error)) return void failures.push(error);
      counts.failed++;
      warn(`${sayable(thing.blob)} could not be ended: ${httpStatus(error) ?? failureOf(error)}`);
    }
  };
  let all = Date.now() <= stopAt;
  if (!all) return false;
  try {
    for await (const thing of things) {
      if (Date.now() > stopAt || failures.length > 0) {
        all = false;
        break;
      }
      const [, free] = await way.acquire();
      void endOne(thing).finally(free);
    }
  } finally {
    await way.acquire(places);
  }
  if (failures.length > 0) throw failures[0];
  return all;
}

/** A blob for the log: by the event's identity, without its own id, which may be somebody's number. */
function sayable(blob: string): string {
  return printable(blob.replace(/[^/]*\.([0-9a-f]{64}\.json)$/s, "…$1"));
}
