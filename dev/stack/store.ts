// Looks into the storage account as an owner would: what is archived, what is in quarantine, what was saved.
import { odata, TableClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import type { Manifest } from "../../src/recordings/manifest/manifest.ts";
import { tableKey } from "../../src/storage/keys.ts";

interface Archived {
  id?: unknown;
  data?: unknown;
}

interface Quarantined {
  reasons: { code: string; pointer: string; expected: string; found: string }[];
  event: unknown;
}

interface Row {
  partitionKey: string;
  rowKey: string;
  [column: string]: unknown;
}

/** Opens the account of a connection string for looking. */
export function openStore(connectionString: string) {
  const service = BlobServiceClient.fromConnectionString(connectionString);

  async function names(container: string, prefix = ""): Promise<string[]> {
    const client = service.getContainerClient(container);
    if (!(await client.exists())) return [];
    const found: string[] = [];
    for await (const { name } of client.listBlobsFlat({ prefix })) found.push(name);
    return found;
  }

  async function read<T>(container: string, name: string): Promise<T> {
    const content = await service.getContainerClient(container).getBlobClient(name).downloadToBuffer();
    return JSON.parse(content.toString("utf8")) as T;
  }

  /** The documents of a container whose name holds the event's id. */
  async function byEventId<T>(container: string, id: string): Promise<T[]> {
    const found = (await names(container)).filter((name) => name.split("/").at(-1)?.startsWith(`${id}.`));
    return Promise.all(found.map((name) => read<T>(container, name)));
  }

  async function rows(table: string, filter?: string): Promise<Row[]> {
    const client = TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection: true });
    const found: Row[] = [];
    try {
      for await (const row of client.listEntities<Row>(filter ? { queryOptions: { filter } } : {}))
        found.push(row as Row);
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode !== 404) throw error;
    }
    return found;
  }

  return {
    names,
    read,
    remove: (container: string, name: string) => service.getContainerClient(container).deleteBlob(name),
    rows,
    /** The rows of an entity's timeline, in order of event time. */
    timeline: (entity: string) => rows("timeline", odata`PartitionKey eq ${tableKey(entity)}`),
    /** The rows of the ledger, or of one of its partitions, or one row. */
    ledger: (partition?: string, row?: string) =>
      rows(
        "ledger",
        partition === undefined
          ? undefined
          : odata`PartitionKey eq ${tableKey(partition)}` +
              (row === undefined ? "" : odata` and RowKey eq ${tableKey(row)}`),
      ),
    /** Without the rows that list them. */
    problems: () => rows("problems", "RowKey lt 'g'"),
    /** Changes columns of a row, as a crash may have left them. */
    async merge(table: string, partition: string, row: string, columns: Record<string, string | number>) {
      const client = TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection: true });
      await client.updateEntity({ partitionKey: tableKey(partition), rowKey: tableKey(row), ...columns }, "Merge");
    },
    archived: (id: string) => byEventId<Archived>("events", id),
    quarantined: (id: string) => byEventId<Quarantined>("quarantine", id),
    async manifest(recordingId: string): Promise<Manifest | undefined> {
      const [name] = await names("recordings", `${recordingId}/manifest.json`);
      return name === undefined ? undefined : read<Manifest>("recordings", name);
    },
  };
}
