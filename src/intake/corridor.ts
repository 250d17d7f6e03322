import { Semaphore } from "async-mutex";

/**
 * The host starts all events of a delivery at once, up to 5,000; this many are in the corridor, so memory stays flat. Jobs that
 * run on the same instance give way to them: Event Grid waits 30 s for its answer, a queue waits for ever.
 */
export const corridor = new Semaphore(64);

/** The longest that a job gives way, in milliseconds: on an instance that never rests, jobs must go on too. */
const patience = 20_000;

/** Resolves when no event waits to enter the corridor, or when patience is at its end. */
export async function givingWay(): Promise<void> {
  if (!corridor.isLocked()) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patience);
  await Promise.race([corridor.waitForUnlock(), promise]);
  clearTimeout(timer);
}
