import { inTime } from "./onDemand.ts";
import type { Row } from "./rowWriter.ts";
import { type TableName, table } from "./tables.ts";
import { unlessMissing } from "./unlessMissing.ts";

/** Columns that storage adds. */
const added: ReadonlySet<string> = new Set(["etag", "timestamp", "odata.metadata"]);

/** Whether a row is there as it would be written: with the same columns, and no others. */
export async function isWritten(name: TableName, row: Row): Promise<boolean> {
  const client = await table(name);
  const get = () => client.getEntity<Row>(row.partitionKey, row.rowKey, { abortSignal: inTime() });
  const there = await unlessMissing(get);
  if (!there) return false;
  const columns = Object.keys(there).filter((column) => !added.has(column));
  return columns.length === Object.keys(row).length && columns.every((column) => there[column] === row[column]);
}
