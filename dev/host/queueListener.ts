import { setTimeout as pause } from "node:timers/promises";
import { type DequeuedMessageItem, type QueueServiceClient, RestError } from "@azure/storage-queue";
import { createBell } from "./bell.ts";
import type { Invocation, Outcome } from "./dispatch.ts";
import type { HeldMessages } from "./heldMessages.ts";
import type { HostJson } from "./hostJson.ts";
import { toTriggerMetadata } from "./triggerMetadata.ts";

export interface QueueListenerOptions {
  service: QueueServiceClient;
  queueName: string;
  settings: HostJson["queues"];
  delayScale: number;
  /** Other hosts put messages there too, and leave some to this one: the queue never rests. */
  shared: boolean;
  held: HeldMessages;
  /** Waited for before each look at the queue. */
  ready: () => Promise<void>;
  run: (invocation: Invocation) => Promise<Outcome>;
  log: (line: string) => void;
  /** Called with the poison queue's name when a message was put there. */
  poisoned: (queueName: string) => void;
}

export interface QueueListener {
  /** A message was put on the queue by this host: look now. */
  wake(): void;
  /**
   * Whether a message is visible. What a look took away meanwhile is held by the time this resolves.
   * @param exists a queue that is known to be missing is not asked
   */
  sees(exists: boolean): Promise<boolean>;
  /** Receives no more, and resolves when what was received is settled. */
  stop(): Promise<void>;
}

const leaseSeconds = 600;
const firstBackOffMs = 100;
const patienceMs = 2000;
/**
 * An empty queue is not looked at more often than this, however short the delays are, and one that rests or is missing less often
 * still: at 250 ms for all, the looks of 18 listeners took a third of a processor. This host rings when it puts something there,
 * and when idle() sees a message; only what others put there waits.
 */
const shortestPatienceMs = { busy: 250, resting: 1000 };
/** So many looks in vain, and a queue rests: it was empty for a second. */
const missesUntilRest = 12;

/**
 * The listener of a queue trigger. Source: azure-webjobs-sdk, `QueueListener.cs` and `QueueProcessor.cs`.
 *
 *   receive (invisible 10 min) ──► run ──► delete
 *                                   └ failed ──► visible again after visibilityTimeout, or to the poison queue at the last try
 */
export function listenToQueue(options: QueueListenerOptions): QueueListener {
  const { service, queueName, settings, delayScale, shared, held, ready, run, log } = options;
  const queue = service.getQueueClient(queueName);
  const poisonName = queueName.endsWith("-poison") ? undefined : `${queueName}-poison`;
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const arrived = createBell();
  const slotFree = createBell();
  const settling = new Set<Promise<void>>();
  let running = 0;
  let missing = false;
  let receiving: Promise<unknown> = Promise.resolve();
  const loop = listen();

  async function listen(): Promise<void> {
    for (let misses = 0; !stopping.signal.aborted; ) {
      if (running > settings.newBatchThreshold) {
        await slotFree.wait();
        continue;
      }
      await ready();
      const looking = receive();
      receiving = looking;
      const messages = await looking;
      for (const message of messages) {
        const settled = handle(message)
          .catch((error) => {
            log(`host error: a message of queue ${queueName} could not be settled: ${String(error)}`);
            held.released(receiptOf(message), isMissing(error) ? 0 : leaseSeconds * 1000);
          })
          .finally(() => settling.delete(settled));
        settling.add(settled);
      }
      misses = messages.length > 0 ? 0 : Math.max(misses + 1, missing ? missesUntilRest : 0);
      const patience = shared || misses < missesUntilRest ? shortestPatienceMs.busy : shortestPatienceMs.resting;
      const longest = Math.max(settings.maxPollingIntervalMs * delayScale, patience);
      const backOff = Math.min(firstBackOffMs * 2 ** misses * delayScale, longest) * (0.8 + 0.2 * Math.random());
      if (misses > 0) await arrived.wait(backOff);
    }
  }

  async function receive(): Promise<DequeuedMessageItem[]> {
    try {
      const { receivedMessageItems } = await queue.receiveMessages({
        numberOfMessages: settings.batchSize,
        visibilityTimeout: leaseSeconds,
        abortSignal: givingUp.signal,
      });
      for (const message of receivedMessageItems) held.received(receiptOf(message));
      missing = false;
      return receivedMessageItems;
    } catch (error) {
      // A missing queue is never created by its trigger; it may come.
      missing = isMissing(error);
      if (!missing && !stopping.signal.aborted) log(`host error: queue ${queueName} cannot be read: ${String(error)}`);
      return [];
    }
  }

  async function peek(): Promise<boolean> {
    try {
      return (await queue.peekMessages()).peekedMessageItems.length > 0;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async function handle(message: DequeuedMessageItem): Promise<void> {
    const text = decode(message.messageText);
    if (poisonName && (text === undefined || message.dequeueCount > settings.maxDequeueCount)) {
      return poison(message, poisonName);
    }
    // What was moved to a poison queue because it is no base64 arrives as it is.
    const body = text ?? message.messageText;
    running++;
    const lease = keepLease(message);
    const { error } = await run({ data: { string: body }, triggerMetadata: describe(message, body) });
    running--;
    slotFree.ring();
    const leased = { ...message, popReceipt: await lease.end() };
    if (error === undefined) await remove(leased);
    else if (stopping.signal.aborted) await release(leased, 0);
    else if (!poisonName) await release(leased, leaseSeconds * 1000);
    else if (leased.dequeueCount >= settings.maxDequeueCount) await poison(leased, poisonName);
    else await release(leased, settings.visibilityTimeoutMs);
  }

  async function remove(message: DequeuedMessageItem): Promise<void> {
    await queue.deleteMessage(message.messageId, message.popReceipt);
    held.done(receiptOf(message));
  }

  /** Renews the lease at half time, so that a long function keeps its message; `end` gives the valid pop receipt. */
  function keepLease(message: DequeuedMessageItem): { end(): Promise<string> } {
    let receipt = Promise.resolve(message.popReceipt);
    const timer = setInterval(() => {
      receipt = receipt.then(async (current) => {
        const renewed = await queue.updateMessage(message.messageId, current, message.messageText, leaseSeconds);
        return renewed.popReceipt ?? current;
      });
      receipt.catch(() => {}); // shown when the message is settled
    }, leaseSeconds * 500);
    return {
      end() {
        clearInterval(timer);
        return receipt;
      },
    };
  }

  /** Storage counts visibility in whole seconds; the rest of a scaled delay is waited here. */
  async function release(message: DequeuedMessageItem, ms: number): Promise<void> {
    const { messageId, popReceipt, messageText } = message;
    const scaled = ms * delayScale;
    await pause(scaled % 1000, undefined, { signal: stopping.signal }).catch(() => {});
    const seconds = Math.floor(scaled / 1000);
    await queue.updateMessage(messageId, popReceipt, messageText, seconds);
    held.released(receiptOf(message), seconds * 1000);
    if (scaled < 1000) arrived.ring();
  }

  async function poison(message: DequeuedMessageItem, name: string): Promise<void> {
    const target = service.getQueueClient(name);
    await target.createIfNotExists();
    await target.sendMessage(message.messageText);
    await remove(message);
    log(`host warning: a message of queue ${queueName} was moved to ${name} (id ${message.messageId})`);
    options.poisoned(name);
  }

  function describe(message: DequeuedMessageItem, text: string) {
    const own = {
      QueueTrigger: text,
      DequeueCount: message.dequeueCount,
      ExpirationTime: message.expiresOn.toISOString(),
      Id: message.messageId,
      InsertionTime: message.insertedOn.toISOString(),
      NextVisibleTime: message.nextVisibleOn.toISOString(),
      PopReceipt: message.popReceipt,
    };
    return toTriggerMetadata({ ...own, ...propertiesOf(text) });
  }

  return {
    wake: () => arrived.ring(),
    async sees(exists) {
      const visible = exists && (await peek());
      if (visible) arrived.ring();
      await receiving;
      return visible;
    },
    async stop() {
      stopping.abort();
      arrived.ring();
      slotFree.ring();
      // A look that is cut off may take messages away that nobody then knows of, until their lease ends.
      const cutOff = setTimeout(() => givingUp.abort(), patienceMs);
      await loop;
      clearTimeout(cutOff);
      await Promise.all(settling);
    },
  };
}

/**
 * One taking of a message. A message that is given back can be taken again before storage's answer to the giving back is here: that
 * answer must not end what is held since.
 */
const receiptOf = ({ messageId, dequeueCount }: DequeuedMessageItem) => `${messageId}/${dequeueCount}`;

const isMissing = (error: unknown) => error instanceof RestError && error.statusCode === 404;

/** UTF-8 text of a base64 message as .NET reads it, or undefined if it is not base64. */
function decode(messageText: string): string | undefined {
  const compact = messageText.replace(/\s/g, "");
  const valid = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  return valid ? Buffer.from(compact, "base64").toString("utf8") : undefined;
}

function propertiesOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
