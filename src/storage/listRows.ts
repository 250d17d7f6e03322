import type { TableEntityResult } from "@azure/data-tables";
import { httpStatus, inTime } from "./onDemand.ts";
import { type TableName, table } from "./tables.ts";

/**
 * The rows that a filter finds, in the order of their keys; none when the table is not there yet.
 * @param filter OData, with what comes from outside escaped
 */
export async function* listRows<T extends object>(
  name: TableName,
  filter: string,
): AsyncGenerator<TableEntityResult<T>> {
  const client = await table(name);
  let continuationToken: string | undefined;
  try {
    do {
      // Each page has a time of its own: all of them may take as long as their reader does.
      const rows = client.listEntities<T>({ queryOptions: { filter }, abortSignal: inTime() });
      const page = await rows.byPage(continuationToken ? { continuationToken } : {}).next();
      if (page.done) return;
      yield* page.value;
      continuationToken = page.value.continuationToken;
    } while (continuationToken);
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}
