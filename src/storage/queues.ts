import type { QueueClient } from "@azure/storage-queue";
import { queueService } from "./enqueue.ts";
import { httpStatus, inTime } from "./onDemand.ts";

export interface OpenQueue {
  /** The first messages that are due, at most 32, and whether there may be more. */
  peek(): Promise<{ texts: string[]; more: boolean }>;
  /** Deletes messages that are due; the others can be received again at once. @returns how many */
  removeWhere(wanted: (text: string) => Promise<boolean>): Promise<number>;
}

/** What one call gives: https://learn.microsoft.com/rest/api/storageservices/get-messages */
const numberOfMessages = 32;

/** Messages that one call looks at. */
const most = 5_000;

/** A queue for looking into. One that is not there yet has no messages. */
export async function openQueue(name: string): Promise<OpenQueue> {
  const queue = (await queueService()).getQueueClient(name);
  return { peek: () => peek(queue), removeWhere: (wanted) => removeWhere(queue, wanted) };
}

async function peek(queue: QueueClient): Promise<{ texts: string[]; more: boolean }> {
  try {
    const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages, abortSignal: inTime() });
    const texts = peekedMessageItems.map(({ messageText }) => textOf(messageText));
    return { texts, more: texts.length === numberOfMessages };
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
    return { texts: [], more: false };
  }
}

async function removeWhere(queue: QueueClient, wanted: (text: string) => Promise<boolean>): Promise<number> {
  const others: { messageId: string; popReceipt: string }[] = [];
  let removed = 0;
  try {
    for (let looked = 0; looked < most; ) {
      const options = { numberOfMessages, visibilityTimeout: 60, abortSignal: inTime() };
      const { receivedMessageItems } = await queue.receiveMessages(options);
      if (receivedMessageItems.length === 0) break;
      looked += receivedMessageItems.length;
      for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
        if (!(await wanted(textOf(messageText)))) others.push({ messageId, popReceipt });
        else {
          await queue.deleteMessage(messageId, popReceipt, { abortSignal: inTime() });
          removed++;
        }
      }
    }
  } finally {
    for (const { messageId, popReceipt } of others) await giveBack(queue, messageId, popReceipt);
  }
  return removed;
}

async function giveBack(queue: QueueClient, messageId: string, popReceipt: string): Promise<void> {
  try {
    await queue.updateMessage(messageId, popReceipt, undefined, 0, { abortSignal: inTime() });
  } catch (error) {
    // Its time was over, and somebody else has it.
    if (httpStatus(error) !== 404 && httpStatus(error) !== 400) throw error;
  }
}

function textOf(message: string): string {
  return Buffer.from(message, "base64").toString("utf8");
}
