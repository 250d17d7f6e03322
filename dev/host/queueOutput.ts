import { type QueueClient, type QueueServiceClient, RestError } from "@azure/storage-queue";
import type { TypedData } from "./protocol.ts";

/**
 * Sends the value of a queue output: one message per array element, base64; creates the queue if it is missing.
 * @throws what storage throws, or SyntaxError for a text in braces that is no JSON
 */
export async function sendQueueOutput(service: QueueServiceClient, queueName: string, data: TypedData): Promise<void> {
  const queue = clientOf(service, queueName);
  const send = async (body: Buffer) => {
    const message = body.toString("base64");
    try {
      await queue.sendMessage(message);
    } catch (error) {
      if (!(error instanceof RestError && error.statusCode === 404)) throw error;
      await queue.createIfNotExists();
      await queue.sendMessage(message);
    }
  };
  await Promise.all(toMessages(data).map(send));
}

const clients = new WeakMap<QueueServiceClient, Map<string, QueueClient>>();

/** One client per queue, not per message. */
function clientOf(service: QueueServiceClient, queueName: string): QueueClient {
  const known = clients.get(service) ?? new Map<string, QueueClient>();
  clients.set(service, known);
  const client = known.get(queueName) ?? service.getQueueClient(queueName);
  known.set(queueName, client);
  return client;
}

function toMessages({ bytes, string, json, int, double }: TypedData): Buffer[] {
  if (bytes) return [Buffer.from(bytes)];
  if (string !== undefined && !/^\s*(\{[\s\S]*\}|\[[\s\S]*\])\s*$/.test(string)) return [Buffer.from(string)];
  const value: unknown = JSON.parse(json ?? string ?? String(int ?? double));
  return (Array.isArray(value) ? value : [value])
    .filter((element) => element !== null)
    .map((element) => Buffer.from(typeof element === "string" ? element : JSON.stringify(element, null, 2)));
}
