// Tries what the roles on the storage account are for, with things of its own that are gone when it ends: no function listens to its queue, no
// seal, list or sweep counts its blob and row. What a try that was killed left behind, the next one takes away.
import { container } from "./blobs.ts";
import { queueService } from "./enqueue.ts";
import { listRows } from "./listRows.ts";
import { inTime, onDemand } from "./onDemand.ts";
import { quoted } from "./quoted.ts";
import { table } from "./tables.ts";

/** What is tried of each service. Each throws what storage answers when it does not let the app do it. */
export const tryStorage = { blob: tryBlob, queue: tryQueue, table: tryTable };

/** Milliseconds after which a thing was left behind: no try takes so long. */
const leftBehind = 3_600_000;

/** Writes, reads and deletes a blob. */
async function tryBlob(): Promise<void> {
  const config = await container("config");
  const blob = config.getBlockBlobClient(`doctor/${crypto.randomUUID()}`);
  const write = () => blob.upload("", 0, { conditions: { ifNoneMatch: "*" }, abortSignal: inTime() });
  await onDemand(() => config.createIfNotExists(), write);
  try {
    await blob.downloadToBuffer(0, undefined, { abortSignal: inTime() });
  } finally {
    await blob.deleteIfExists({ abortSignal: inTime() });
  }
  for await (const { name, properties } of config.listBlobsFlat({ prefix: "doctor/", abortSignal: inTime() })) {
    if (isLeft(properties.lastModified)) await config.getBlobClient(name).deleteIfExists({ abortSignal: inTime() });
  }
}

/** Writes, reads and deletes a row. */
async function tryTable(): Promise<void> {
  const ledger = await table("ledger");
  const [partitionKey, rowKey] = ["doctor", crypto.randomUUID()];
  const write = () => ledger.createEntity({ partitionKey, rowKey, at: new Date() }, { abortSignal: inTime() });
  await onDemand(() => ledger.createTable(), write);
  try {
    await ledger.getEntity(partitionKey, rowKey, { abortSignal: inTime() });
  } finally {
    await ledger.deleteEntity(partitionKey, rowKey, { abortSignal: inTime() });
  }
  for await (const row of listRows<{ at?: Date }>("ledger", `PartitionKey eq ${quoted(partitionKey)}`)) {
    if (isLeft(row.at) && row.rowKey) await ledger.deleteEntity(partitionKey, row.rowKey, { abortSignal: inTime() });
  }
}

/** Makes a queue, puts a message on it and takes it off, and deletes the queue. */
async function tryQueue(): Promise<void> {
  const service = await queueService();
  const prefix = "acs-events-doctor-";
  const queue = service.getQueueClient(prefix + crypto.randomUUID().slice(0, 8));
  await queue.create({ metadata: { at: new Date().toISOString() }, abortSignal: inTime() });
  try {
    await queue.sendMessage("", { messageTimeToLive: 60, abortSignal: inTime() });
    const { receivedMessageItems } = await queue.receiveMessages({ abortSignal: inTime() });
    for (const { messageId, popReceipt } of receivedMessageItems) {
      await queue.deleteMessage(messageId, popReceipt, { abortSignal: inTime() });
    }
  } finally {
    await queue.deleteIfExists({ abortSignal: inTime() });
  }
  for await (const { name, metadata } of service.listQueues({ prefix, includeMetadata: true, abortSignal: inTime() })) {
    if (isLeft(new Date(metadata?.at ?? 0))) await service.deleteQueue(name, { abortSignal: inTime() });
  }
}

const isLeft = (at: Date | undefined): boolean => at === undefined || Date.now() - at.getTime() > leftBehind;
