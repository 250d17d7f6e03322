import { TableClient, TableServiceClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import type { App } from "./startApp.ts";

/** Everything that the account shows through its own API: where it is, and all of its text. */
export type Account = Map<string, string>;

const withAll = { includeMetadata: true, includeSnapshots: true };

/** Reads all blobs with names and metadata, all rows of all tables, and all messages that can be seen. */
export async function readAccount({ addresses: { storageConnectionString } }: App): Promise<Account> {
  const found: Account = new Map();
  const blobs = BlobServiceClient.fromConnectionString(storageConnectionString);
  for await (const { name: container } of blobs.listContainers()) {
    const client = blobs.getContainerClient(container);
    const reading: Promise<readonly [string, string]>[] = [];
    for await (const { name, snapshot = "", metadata } of client.listBlobsFlat(withAll)) {
      const place = `blob ${container}/${name}${snapshot && ` ${snapshot}`}`;
      const content = client.getBlobClient(name).withSnapshot(snapshot).downloadToBuffer();
      reading.push(
        content.then((all) => [place, `${JSON.stringify(metadata)} ${all.toString("latin1")} ${all.toString("utf8")}`]),
      );
    }
    for (const [place, text] of await Promise.all(reading)) found.set(place, text);
  }
  const tables = TableServiceClient.fromConnectionString(storageConnectionString, { allowInsecureConnection: true });
  for await (const { name = "" } of tables.listTables()) {
    const client = TableClient.fromConnectionString(storageConnectionString, name, { allowInsecureConnection: true });
    for await (const { etag: _, timestamp: __, ...row } of client.listEntities()) {
      const columns = JSON.stringify(row, (___, value: unknown) => (typeof value === "bigint" ? String(value) : value));
      found.set(`row ${name} ${row.partitionKey} ${row.rowKey}`, columns);
    }
  }
  const queues = QueueServiceClient.fromConnectionString(storageConnectionString);
  for await (const { name } of queues.listQueues()) {
    const { peekedMessageItems } = await queues.getQueueClient(name).peekMessages({ numberOfMessages: 32 });
    for (const { messageId, messageText } of peekedMessageItems) {
      found.set(`message ${name} ${messageId}`, Buffer.from(messageText, "base64").toString("utf8"));
    }
  }
  return found;
}

/** Where one of these texts stands, in whatever spelling: as it is, percent-encoded, as names of blobs and keys write it. */
export function tracesOf(account: Account, ...texts: string[]): string[] {
  const spellings = texts.flatMap((text) => [
    text,
    encodeURIComponent(text),
    text.replace(/[^A-Za-z0-9\-_.@+]/g, (char) => `!${char.charCodeAt(0).toString(16)}`),
    text.replace(/[^A-Za-z0-9]/g, (char) => `!${char.charCodeAt(0).toString(16)}`),
  ]);
  const wanted = spellings.map((text) => text.toLowerCase());
  return [...account]
    .filter(([place, text]) => wanted.some((one) => `${place} ${text}`.toLowerCase().includes(one)))
    .map(([place]) => place);
}
