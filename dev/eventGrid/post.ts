import type { Batch } from "./batch.ts";
import { isEventObject } from "./envelope.ts";
import type { Subscription } from "./subscription.ts";

interface Outcome {
  /** The endpoint's HTTP status; 0 if it gave none. */
  status: number;
  /** Event Grid's word for it, as it stands in dead letters. */
  word: string;
}

const words = new Map([
  [400, "BadRequest"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "NotFound"],
  [408, "TimedOut"],
  [413, "PayloadTooLarge"],
  [429, "Busy"],
  [503, "Busy"],
]);

/**
 * Sends a batch to a subscription's endpoint, once. Never throws: no answer is an outcome too.
 *
 * @param signal ends the attempt early.
 * @param timeout milliseconds to wait for the answer.
 */
export async function post(
  batch: Batch,
  subscription: Subscription,
  signal: AbortSignal,
  timeout: number,
): Promise<Outcome> {
  const deadline = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(subscription.endpoint, {
      method: "POST",
      headers: headersOf(batch, subscription),
      body: JSON.stringify(isSingle(batch, subscription) ? batch.events[0] : batch.events),
      redirect: "manual",
      signal: AbortSignal.any([signal, deadline]),
    });
    await response.arrayBuffer();
    return { status: response.status, word: words.get(response.status) ?? "GenericError" };
  } catch {
    return { status: 0, word: deadline.aborted ? "TimedOut" : "SocketError" };
  }
}

function headersOf(batch: Batch, subscription: Subscription): Record<string, string> {
  const first = isEventObject(batch.events[0]) ? batch.events[0] : {};
  const cloudEvents = isSingle(batch, subscription) ? "cloudevents+json" : "cloudevents-batch+json";
  const mediaType = subscription.schema === "cloudEvents" ? cloudEvents : "json";
  return {
    "content-type": `application/${mediaType}; charset=utf-8`,
    "aeg-event-type": "Notification",
    "aeg-subscription-name": subscription.name.toUpperCase(),
    "aeg-delivery-count": String(batch.attempts - 1),
    // A forged version must not break the request: headers hold no control characters.
    "aeg-data-version": typeof first.dataVersion === "string" ? encodeURI(first.dataVersion) : "",
    "aeg-metadata-version": "1",
  };
}

// Event Grid sends an array in its own schema, always; in CloudEvents only if the subscription batches.
function isSingle(batch: Batch, subscription: Subscription): boolean {
  return subscription.schema === "cloudEvents" && batch.maxEvents === 1;
}
