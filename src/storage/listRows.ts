import type { TableEntityResult } from "@azure/data-tables";
import type { TableName } from "./tables.ts";
import { walkTable } from "./walkTable.ts";

/**
 * The rows that a filter finds, in the order of their keys; none when the table is not there yet.
 * @param filter OData, with what comes from outside escaped
 */
export async function* listRows<T extends object>(
  name: TableName,
  filter: string,
): AsyncGenerator<TableEntityResult<T>> {
  for await (const { rows } of walkTable<T>(name, { filter })) yield* rows;
}
