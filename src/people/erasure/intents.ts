// Rows of an event that is about to be replaced: once it is, nothing else tells which they were. They are noted before, and forgotten when they
// are deleted; what a crash leaves is taken up by the next slice.
import { deleteRows, type RowKey } from "../../storage/deleteRows.ts";
import { tableKey } from "../../storage/keys.ts";
import { put, readAll, type WorkKey } from "../../storage/ledger.ts";

export interface Intent {
  /** In container `events`. */
  blob: string;
  /** Of table `timeline`. */
  rows: RowKey[];
}

/** A column of text holds 32,768 characters. */
const columnLength = 30_000;

const intentsOf = (id: string): WorkKey => ["erasingRows", id];

/** @param id of the erasure */
export async function noteIntent(id: string, { blob, rows }: Intent): Promise<void> {
  // Most rows of an event have one row key.
  const keys: Record<string, string[]> = {};
  for (const { partitionKey, rowKey } of rows) keys[rowKey] = [...(keys[rowKey] ?? []), partitionKey];
  const text = JSON.stringify(keys);
  const columns: Record<string, string> = {};
  for (let at = 0; at < text.length; at += columnLength) {
    columns[`rows${String(at / columnLength).padStart(3, "0")}`] = text.slice(at, at + columnLength);
  }
  await put([...intentsOf(id), blob], { blob, ...columns });
}

export function forgetIntent(id: string, blob: string): Promise<void> {
  return deleteRows("ledger", [{ partitionKey: tableKey(intentsOf(id).join(":")), rowKey: tableKey(blob) }]);
}

/** What was noted and not forgotten. */
export async function* leftIntents(id: string): AsyncGenerator<Intent> {
  for await (const { row } of readAll<Record<string, string>>(intentsOf(id))) {
    const parts = Object.keys(row).filter((column) => /^rows\d{3}$/.test(column));
    const text = parts
      .sort()
      .map((column) => row[column])
      .join("");
    const keys = Object.entries(JSON.parse(text) as Record<string, string[]>);
    const rows = keys.flatMap(([rowKey, partitions]) => partitions.map((partitionKey) => ({ partitionKey, rowKey })));
    yield { blob: row.blob ?? "", rows };
  }
}
