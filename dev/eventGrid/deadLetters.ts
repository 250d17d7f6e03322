import { randomUUID } from "node:crypto";
import { BlobServiceClient } from "@azure/storage-blob";
import type { Batch } from "./batch.ts";
import { isEventObject, type Schema } from "./envelope.ts";
import type { Subscription } from "./subscription.ts";

/**
 * Keeps a batch that was given up, in Event Grid's layout: container `dead-letters`, blob
 * `{SUBSCRIPTION}/{yyyy}/{M}/{d}/{H}/{guid}.json` (UTC, unpadded), the events with five members that say what happened
 * (https://learn.microsoft.com/azure/event-grid/manage-event-delivery). The service waits five minutes first; this does not.
 *
 * @returns the blob's name.
 * @throws the storage client's error.
 */
export async function writeDeadLetter(
  connectionString: string,
  subscription: Subscription,
  batch: Batch,
  reason: string,
): Promise<string> {
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient("dead-letters");
  await container.createIfNotExists();
  const now = new Date();
  const hour = [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate(), now.getUTCHours()].join("/");
  const name = `${subscription.name.toUpperCase()}/${hour}/${randomUUID()}.json`;
  const history = spell(subscription.schema, {
    deadLetterReason: reason,
    deliveryAttempts: batch.attempts,
    lastDeliveryOutcome: batch.lastOutcome,
    publishTime: batch.publishTime,
    lastDeliveryAttemptTime: batch.lastAttemptTime,
  });
  const content = JSON.stringify(
    batch.events.map((event) => (isEventObject(event) ? { ...event, ...history } : event)),
  );
  await container.getBlockBlobClient(name).upload(content, Buffer.byteLength(content), {
    blobHTTPHeaders: { blobContentType: "application/json" },
  });
  return name;
}

// CloudEvents attribute names have no capitals.
function spell(schema: Schema, members: Record<string, unknown>): Record<string, unknown> {
  if (schema === "eventGrid") return members;
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value]));
}
