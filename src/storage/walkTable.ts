import type { TableEntityResult } from "@azure/data-tables";
import { inTime } from "./onDemand.ts";
import { type TableName, table } from "./tables.ts";
import { unlessMissing } from "./unlessMissing.ts";

export type AnyRow = TableEntityResult<Record<string, unknown>>;

/**
 * The rows of a table, page by page, in the order of their keys; none when the table is not there yet. Rows may be deleted on the way.
 * @param options.filter OData, with what comes from outside escaped; all rows without it
 * @param options.token of the page to begin with
 * @returns with each page the token of the next one; "" after the last
 */
export async function* walkTable<T extends object = Record<string, unknown>>(
  name: TableName,
  { filter, token = "" }: { filter?: string; token?: string } = {},
): AsyncGenerator<{ rows: TableEntityResult<T>[]; next: string }> {
  const client = await table(name);
  const queryOptions = filter === undefined ? {} : { filter };
  for (let next = token; ; ) {
    // Each page has a time of its own: all of them may take as long as their reader does.
    const pages = client.listEntities<T>({ queryOptions, abortSignal: inTime() });
    const read = () => pages.byPage(next ? { continuationToken: next } : {}).next();
    const page = await unlessMissing(read);
    if (!page || page.done) return;
    next = page.value.continuationToken ?? "";
    yield { rows: page.value, next };
    if (!next) return;
  }
}
