import type { Announce } from "./receive.ts";

/** One after the other; what fails keeps the rest from being done until the event comes again. */
export function inTurn(...announcing: readonly Announce[]): Announce {
  return async (...what) => {
    for (const announce of announcing) await announce(...what);
  };
}
