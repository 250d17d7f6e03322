// Writes rows to a table over a bounded number of connections. Rows of one partition that wait for a connection go together
// in one transaction, so a burst costs few calls and a single event waits for nobody.
import type { TableClient } from "@azure/data-tables";
import { httpStatus, inTime, onDemand } from "./onDemand.ts";

export interface Row {
  partitionKey: string;
  rowKey: string;
  [column: string]: string;
}

type Waiting = PromiseWithResolvers<void> & { row: Row };

/** What one transaction holds: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
const rowsPerTransaction = 100;

/**
 * A function that writes a row and resolves when it is stored. Writing the same row again leaves it as it is; two writes of one
 * row that meet in the queue are one.
 * @param connections calls to storage at once
 */
export function rowWriter(table: () => Promise<TableClient>, connections: number): (row: Row) => Promise<void> {
  const partitions = new Map<string, Map<string, Waiting>>();
  let busy = 0;

  async function settle(batch: readonly Waiting[]): Promise<void> {
    try {
      await writeTogether(await table(), batch);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // What storage refuses of one row must not keep the others from their table.
      if (batch.length > 1 && isRefusal(error)) for (const one of batch) await settle([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  async function work(): Promise<void> {
    for (const [partitionKey, rows] of partitions) {
      const batch = [...rows.values()].slice(0, rowsPerTransaction);
      for (const { row } of batch) rows.delete(row.rowKey);
      // What is left of the partition goes to the end, so that a busy one keeps nobody waiting.
      partitions.delete(partitionKey);
      if (rows.size > 0) partitions.set(partitionKey, rows);
      await settle(batch);
    }
    busy--;
  }

  return (row) => {
    const rows = partitions.get(row.partitionKey) ?? new Map<string, Waiting>();
    partitions.set(row.partitionKey, rows);
    const waiting = rows.get(row.rowKey) ?? { row, ...Promise.withResolvers<void>() };
    rows.set(row.rowKey, waiting);
    if (busy < connections) {
      busy++;
      // Not at once: the rows that are written in this turn should be there to go together.
      queueMicrotask(work);
    }
    return waiting.promise;
  };
}

async function writeTogether(table: TableClient, batch: readonly Waiting[]): Promise<void> {
  const abortSignal = inTime();
  const write = async (): Promise<unknown> => {
    const [first] = batch;
    if (first && batch.length === 1) return table.upsertEntity(first.row, "Replace", { abortSignal });
    return table.submitTransaction(
      batch.map(({ row }) => ["upsert", row, "Replace"]),
      { abortSignal },
    );
  };
  await onDemand(() => table.createTable(), write);
}

function isRefusal(error: unknown): boolean {
  const status = httpStatus(error);
  return status === 400 || status === 413;
}
