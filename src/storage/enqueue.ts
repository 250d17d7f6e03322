// Jobs that the app hands to itself: those that wait, and those that a function without queue outputs asks for.
import type { QueueServiceClient } from "@azure/storage-queue";
import { settingOrDefault } from "../config.ts";
import { retryOptions, storageAccount } from "./account.ts";
import { inTime, onDemand } from "./onDemand.ts";

let service: Promise<QueueServiceClient> | undefined;

async function open(): Promise<QueueServiceClient> {
  const account = storageAccount();
  const { QueueServiceClient } = await import("@azure/storage-queue");
  return account.connectionString
    ? QueueServiceClient.fromConnectionString(account.connectionString, { retryOptions })
    : new QueueServiceClient(account.endpoint("queue"), await account.credential(), { retryOptions });
}

/**
 * Puts a message on a queue, base64 as the Functions host wants it.
 * @param delay milliseconds until it can be received: whole seconds, at most 7 days. A message that is never received is kept
 * for ever, because a job must not end by being late.
 */
export async function enqueue(queueName: string, message: object, delay = 0): Promise<void> {
  service ??= open();
  service.catch(() => {
    service = undefined;
  });
  const queue = (await service).getQueueClient(queueName);
  const text = Buffer.from(JSON.stringify(message)).toString("base64");
  const visibilityTimeout = Math.floor((delay * settingOrDefault("DELAY_SCALE")) / 1000);
  const send = () => queue.sendMessage(text, { visibilityTimeout, messageTimeToLive: -1, abortSignal: inTime() });
  await onDemand(() => queue.createIfNotExists(), send);
}
