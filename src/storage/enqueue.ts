// Jobs that the app hands to itself: those that wait, and those that a function without queue outputs asks for.
import type { QueueServiceClient } from "@azure/storage-queue";
import { settingOrDefault } from "../config.ts";
import { traced } from "../telemetry/spans.ts";
import { retryOptions, storageAccount } from "./account.ts";
import { inTime, onDemand } from "./onDemand.ts";

/** In seconds: https://learn.microsoft.com/rest/api/storageservices/put-message */
const longest = 7 * 86_400;

let service: Promise<QueueServiceClient> | undefined;

async function open(): Promise<QueueServiceClient> {
  const account = storageAccount();
  const { QueueServiceClient } = await import("@azure/storage-queue");
  return account.connectionString
    ? QueueServiceClient.fromConnectionString(account.connectionString, { retryOptions })
    : new QueueServiceClient(account.endpoint("queue"), await account.credential(), { retryOptions });
}

/** The queue service of the account. */
export async function queueService(): Promise<QueueServiceClient> {
  service ??= open();
  service.catch(() => {
    service = undefined;
  });
  return service;
}

/**
 * Puts a message on a queue, base64 as the Functions host wants it.
 * @param delay milliseconds until it can be received: whole seconds; more than 7 days count as 7 days. A message that is never received is kept
 * for ever, because a job must not end by being late.
 */
export async function enqueue(queueName: string, message: object, delay = 0): Promise<void> {
  const queue = (await queueService()).getQueueClient(queueName);
  const text = Buffer.from(JSON.stringify(traced(message))).toString("base64");
  const visibilityTimeout = Math.min(Math.floor((delay * settingOrDefault("DELAY_SCALE")) / 1000), longest);
  const send = () => queue.sendMessage(text, { visibilityTimeout, messageTimeToLive: -1, abortSignal: inTime() });
  await onDemand(() => queue.createIfNotExists(), send);
}

/** The delay in milliseconds after which a message can be received at a time that `dueIn` gave. */
export function delayUntil(due: Date): number {
  const left = Math.max(0, due.getTime() - Date.now());
  return left === 0 ? 0 : left / (settingOrDefault("DELAY_SCALE") || 1);
}

/** When a message that is put on a queue now, with a delay in milliseconds, can be received. */
export function dueIn(delay: number): Date {
  return new Date(Date.now() + delay * settingOrDefault("DELAY_SCALE"));
}
