import { httpStatus, inTime } from "./onDemand.ts";
import { quoted } from "./quoted.ts";
import { type TableName, table } from "./tables.ts";

export interface Range {
  /** As it is written in the table (`tableKey`). */
  partitionKey: string;
  /** Row keys that are wanted: greater than this… */
  after: string;
  /** …and less than this. */
  before?: string;
  /** OData, a condition besides; what comes from outside is escaped in it. */
  where?: string;
}

/** The first rows of a range, at most `count` of them, in the order of their keys; none when the table is not there yet. */
export async function firstRows<T extends object>(
  name: TableName,
  { partitionKey, after, before, where }: Range,
  count: number,
): Promise<(T & { rowKey: string })[]> {
  const conditions = [`PartitionKey eq ${quoted(partitionKey)}`, `RowKey gt ${quoted(after)}`];
  if (before !== undefined) conditions.push(`RowKey lt ${quoted(before)}`);
  if (where !== undefined) conditions.push(`(${where})`);
  const client = await table(name);
  const found: (T & { rowKey: string })[] = [];
  try {
    const rows = client.listEntities<T>({
      queryOptions: { filter: conditions.join(" and ") },
      abortSignal: inTime(),
    });
    for await (const some of rows.byPage({ maxPageSize: count })) {
      for (const row of some) found.push({ ...row, rowKey: row.rowKey ?? "" });
      if (found.length >= count) break;
    }
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
  return found.slice(0, count);
}
