import { Semaphore } from "async-mutex";
import { AcsEventsError } from "../events/errors.ts";
import { printable } from "../events/printable.ts";
import { httpStatus } from "../storage/onDemand.ts";
import type { Outcome } from "./work.ts";

/** Things that are ended at once. */
const places = 16;

export type Counts = Record<Outcome | "failed", number>;

/**
 * Ends one thing after another while there is time. What storage refuses of one thing (a lease, a policy of immutability) keeps no other from
 * being ended.
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
      const status = httpStatus(error) ?? 0;
      const refused = error instanceof AcsEventsError || (status >= 400 && status < 500 && status !== 429);
      if (!refused) return void failures.push(error);
      counts.failed++;
      warn(`${printable(thing.blob)} could not be ended: ${status || (error as AcsEventsError).code}`);
    }
  };
  let all = true;
  for await (const thing of things) {
    if (Date.now() > stopAt || failures.length > 0) {
      all = false;
      break;
    }
    const [, free] = await way.acquire();
    void endOne(thing).finally(free);
  }
  await way.acquire(places);
  if (failures.length > 0) throw failures[0];
  return all;
}
