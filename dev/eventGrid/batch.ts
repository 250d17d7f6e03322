import type { Subscription } from "./subscription.ts";

/** Events that travel in one request, and what happened to them so far. */
export interface Batch {
  events: unknown[];
  /** Most events that may join it, and most bytes of JSON. */
  maxEvents: number;
  maxBytes: number;
  bytes: number;
  /** Not counted against the subscription's parallel requests. */
  parallel: boolean;
  attempts: number;
  /** Seconds of the retry schedule used so far, before scaling: what the time to live is measured by. */
  waited: number;
  publishTime: string;
  lastAttemptTime: string;
  lastOutcome: string;
}

/** A batch of one event, to which the subscription's limits let others join. */
export function newBatch(
  event: unknown,
  subscription: Subscription,
  how: { batch?: number; parallel?: boolean },
): Batch {
  const kilobytes = how.batch === undefined ? subscription.preferredBatchSizeInKilobytes : undefined;
  return {
    events: [event],
    maxEvents: how.batch ?? subscription.maxEventsPerBatch ?? 1,
    maxBytes: kilobytes === undefined ? Number.POSITIVE_INFINITY : kilobytes * 1024,
    bytes: kilobytes === undefined ? 0 : Buffer.byteLength(JSON.stringify(event)),
    parallel: how.parallel ?? false,
    attempts: 0,
    waited: 0,
    publishTime: new Date().toISOString(),
    lastAttemptTime: "",
    lastOutcome: "",
  };
}

/** Lets the first never-sent batches of the queue join a never-sent batch, as far as both have room for it. */
export function fill(batch: Batch, queue: Batch[]): void {
  while (batch.attempts === 0) {
    const next = queue[0];
    if (next === undefined || next.attempts > 0 || batch.events.length + next.events.length > batch.maxEvents) return;
    if (next.maxEvents !== batch.maxEvents || batch.bytes + next.bytes > batch.maxBytes) return;
    queue.shift();
    batch.events.push(...next.events);
    batch.bytes += next.bytes;
  }
}
