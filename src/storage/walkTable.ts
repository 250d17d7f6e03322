import type { TableEntityResult } from "@azure/data-tables";
import { httpStatus, inTime } from "./onDemand.ts";
import { type TableName, table } from "./tables.ts";

export type AnyRow = TableEntityResult<Record<string, unknown>>;

/**
 * All rows of a table, page by page, in the order of their keys. Rows may be deleted on the way.
 * @param token of the page to begin with; "" for the first
 * @returns with each page the token of the next one; "" after the last
 */
export async function* walkTable(name: TableName, token = ""): AsyncGenerator<{ rows: AnyRow[]; next: string }> {
  const client = await table(name);
  let next = token;
  try {
    do {
      const pages = client
        .listEntities<Record<string, unknown>>({ abortSignal: inTime() })
        .byPage(next ? { continuationToken: next } : {});
      const page = await pages.next();
      if (page.done) return;
      next = page.value.continuationToken ?? "";
      yield { rows: page.value, next };
    } while (next);
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}
