import type { RowKey } from "../../storage/deleteRows.ts";
import { timeOfKey } from "../../storage/newestFirst.ts";
import { inTime } from "../../storage/onDemand.ts";
import { type TableName, table } from "../../storage/tables.ts";
import { unlessMissing } from "../../storage/unlessMissing.ts";
import type { AnyRow } from "../../storage/walkTable.ts";
import type { Finder } from "./finder.ts";
import type { Work } from "./work.ts";

/** Whether a row names the person, in its keys or in a column. */
export function names(finder: Finder, row: AnyRow): boolean {
  const { partitionKey: _, rowKey: __, ...columns } = row;
  if (namesInKeys(finder, row)) return true;
  return Object.entries(columns).some(([name, value]) => typeof value === "string" && finder.finds(value, name));
}

/** Whether a row's keys name the person. */
export function namesInKeys(finder: Finder, { partitionKey = "", rowKey = "" }: AnyRow): boolean {
  // What a number of theirs was answered lately has that number as its whole key.
  const member = partitionKey.startsWith("gate:") ? "theirNumber" : "";
  return finder.findsInKey(partitionKey) || finder.findsInKey(rowKey) || finder.finds(rowKey, member);
}

/** A row as JSON, for looking for what it names. */
export function textOfRow(row: AnyRow): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

/** The row as it is now; undefined when it is gone. */
export async function readRow(name: TableName, { partitionKey, rowKey }: RowKey): Promise<AnyRow | undefined> {
  const client = await table(name);
  return unlessMissing(() => client.getEntity(partitionKey, rowKey, { abortSignal: inTime() }));
}

/** Whether a row is of a time after the erasure that is applied again: by its columns, else by its key. */
export function isLater({ until }: Work, { rowKey = "", ...columns }: AnyRow): boolean {
  if (until === undefined) return false;
  const time =
    columns.placedAt ?? columns.since ?? columns.claimedAt ?? columns.startedAt ?? columns.lastSeen ?? columns.time;
  const said = time instanceof Date ? time.getTime() : typeof time === "string" ? Date.parse(time) : Number.NaN;
  const byKey = /^\d{15}_/.test(rowKey)
    ? timeOfKey(rowKey)
    : Date.parse(/^\d{4}-\d\d-\d\dT[\d:.]{12}/.exec(rowKey)?.[0] ?? "");
  const at = Number.isNaN(said) ? byKey : said;
  return at > until;
}
