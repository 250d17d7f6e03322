import { TableServiceClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { type Azurite, startAzurite } from "../../dev/azurite/startAzurite.ts";

/** Emptied, and waiting for the next file that this process runs. */
const free: Azurite[] = [];

/** An Azurite in memory with nothing in it. Closing it empties it for the next one: starting costs a second of processor time, and it works faster warm. */
export async function emptyAzurite(): Promise<Azurite> {
  const azurite = free.pop() ?? (await startAzurite());
  return {
    ...azurite,
    async close() {
      await empty(azurite.connectionString);
      free.push(azurite);
    },
  };
}

async function empty(connectionString: string): Promise<void> {
  const blobs = BlobServiceClient.fromConnectionString(connectionString);
  for await (const { name } of blobs.listContainers()) await blobs.deleteContainer(name);
  const queues = QueueServiceClient.fromConnectionString(connectionString);
  for await (const { name } of queues.listQueues()) await queues.deleteQueue(name);
  const tables = TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true });
  for await (const { name = "" } of tables.listTables()) await tables.deleteTable(name);
}
