import { Semaphore } from "async-mutex";
import { httpStatus, inTime } from "./onDemand.ts";
import { type TableName, table } from "./tables.ts";

export interface RowKey {
  /** As they are written in the table. */
  partitionKey: string;
  rowKey: string;
}

/** Calls at once in this process. */
const places = new Semaphore(16);

/** Deletes rows, whatever they hold; those that are not there are no trouble. */
export async function deleteRows(name: TableName, rows: readonly RowKey[]): Promise<void> {
  const client = await table(name);
  const one = async ({ partitionKey, rowKey }: RowKey) => {
    try {
      await client.deleteEntity(partitionKey, rowKey, { abortSignal: inTime() });
    } catch (error) {
      if (httpStatus(error) !== 404) throw error;
    }
  };
  await Promise.all(rows.map((row) => places.runExclusive(() => one(row))));
}
