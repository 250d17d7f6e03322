// Tries what the app's roles on the storage account are for, with things of the doctor's own that are gone when it ends: no function
// listens to its queue, no seal, list or sweep counts its blob and row. What a doctor that was killed left behind, the next one takes away.
import { container } from "../../src/storage/blobs.ts";
import { queueService } from "../../src/storage/enqueue.ts";
import { inTime, onDemand } from "../../src/storage/onDemand.ts";
import { table } from "../../src/storage/tables.ts";
import { type Check, ok } from "./finding.ts";
import type { StorageService } from "./storage.ts";
import { storageFailure } from "./storageFailure.ts";

/** Milliseconds after which a probe was left behind: no doctor runs so long. */
const leftBehind = 3_600_000;

const probes: Record<StorageService, { what: string; run: () => Promise<void> }> = {
  blob: { what: "write, read and delete a blob", run: tryBlob },
  queue: { what: "make a queue, put a message on it and take it off, delete the queue", run: tryQueue },
  table: { what: "write, read and delete a row", run: tryTable },
};

export function storageRole(service: StorageService): Check {
  const { what, run } = probes[service];
  return {
    name: `storage role, ${service}`,
    look: async () => {
      try {
        await run();
        return [ok(`may ${what}`)];
      } catch (error) {
        return [storageFailure(error, service, what)];
      }
    },
  };
}

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
  const queryOptions = { filter: `PartitionKey eq '${partitionKey}'` };
  for await (const row of ledger.listEntities<{ at?: Date }>({ queryOptions, abortSignal: inTime() })) {
    if (isLeft(row.at) && row.rowKey) await ledger.deleteEntity(partitionKey, row.rowKey, { abortSignal: inTime() });
  }
}

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
