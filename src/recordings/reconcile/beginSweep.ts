import type { InvocationContext } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { printable } from "../../events/printable.ts";
import { failureOf } from "../../telemetry/failureOf.ts";

/** Milliseconds after which a sweep begins nothing more: the next one comes every ten minutes. */
const budget = 8 * 60_000;

/** Things that are looked at at once. */
const places = new Semaphore(8);

export interface Sweep {
  /** How many could not be looked at, and how many are left for the next sweep. */
  counts: { failed: number; left: number };
  /**
   * Looks at each, in their order, while there is time. The trouble of one keeps no other from being looked at.
   * @param nameOf what the log calls it: no personal data
   */
  each<T>(things: readonly T[], nameOf: (thing: T) => string, look: (thing: T) => Promise<void>): Promise<void>;
}

export function beginSweep(context: InvocationContext): Sweep {
  const end = Date.now() + budget;
  const counts = { failed: 0, left: 0 };
  return {
    counts,
    async each(things, nameOf, look) {
      const lookAt = async (thing: (typeof things)[number]) => {
        if (Date.now() > end) {
          counts.left++;
          return;
        }
        try {
          await look(thing);
        } catch (error) {
          counts.failed++;
          context.warn(`${printable(nameOf(thing))} could not be looked at: ${failureOf(error)}`);
        }
      };
      await Promise.all(things.map((thing) => places.runExclusive(() => lookAt(thing))));
    },
  };
}
