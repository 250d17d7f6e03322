import { httpStatus, inTime } from "../../storage/onDemand.ts";
import { type TableName, table } from "../../storage/tables.ts";
import type { AnyRow } from "../../storage/walkTable.ts";
import type { Finder } from "./finder.ts";
import { redactJson } from "./redactJsonBlob.ts";

/** Takes the person out of the columns of a row that is about something else. One that changed meanwhile is found by the next pass. */
export async function redactRow(name: TableName, row: AnyRow, finder: Finder): Promise<void> {
  const { etag, partitionKey = "", rowKey = "", ...columns } = row;
  const changed = Object.entries(columns).flatMap(([column, value]) => {
    if (typeof value !== "string" || !finder.finds(value, column)) return [];
    return [[column, /^[[{]/.test(value) ? redactJson(value, finder.redact) : finder.redact(value, column)]];
  });
  const client = await table(name);
  try {
    const entity = { partitionKey, rowKey, ...Object.fromEntries(changed) };
    await client.updateEntity(entity, "Merge", { etag, abortSignal: inTime() });
  } catch (error) {
    if (httpStatus(error) !== 412 && httpStatus(error) !== 404) throw error;
  }
}
