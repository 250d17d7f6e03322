import type { InvocationContext } from "@azure/functions";
import { enqueue } from "../storage/enqueue.ts";
import { type Told, tell } from "../telemetry/tell.ts";
import { type Door, takeIn } from "./receive.ts";

/**
 * Takes in the events that a callback brought, and tells of each: of a single one like of an event that Event Grid delivers, of
 * several in a list. Their jobs go to the queues from here, because an HTTP function has no outputs for them.
 * @throws what takeIn throws: ACS then posts all of them again
 */
export async function takeCallbacks(
  events: readonly unknown[],
  doorOf: (raw: unknown) => Door,
  context: InvocationContext,
): Promise<void> {
  const outcomes: Told[] = [];
  const take = async (raw: unknown) => {
    const { outcome, jobs } = await takeIn(raw, doorOf(raw));
    for (const { queue, message } of jobs) await enqueue(queue, message);
    outcomes.push(outcome);
    tell(context, events.length === 1 ? outcome : { events: outcomes });
  };
  await Promise.all(events.map(take));
}
