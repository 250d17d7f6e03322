import { httpStatus, inTime } from "./onDemand.ts";
import { type TableName, table } from "./tables.ts";

/** The partitions of a table that begin with a text, by their keys as they are written, at one call each. */
export async function* partitions(name: TableName, prefix: string): AsyncGenerator<string> {
  const client = await table(name);
  const end = `${prefix}\uffff`;
  let last = prefix;
  for (;;) {
    const filter = `PartitionKey gt ${quoted(last)} and PartitionKey lt ${quoted(end)}`;
    const rows = client.listEntities({ queryOptions: { filter, select: ["PartitionKey"] }, abortSignal: inTime() });
    let next: string | undefined;
    try {
      for await (const page of rows.byPage({ maxPageSize: 1 })) {
        next = page[0]?.partitionKey;
        if (next !== undefined) break;
      }
    } catch (error) {
      if (httpStatus(error) !== 404) throw error;
    }
    if (next === undefined) return;
    yield next;
    last = next;
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
