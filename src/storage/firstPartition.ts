import { inTime } from "./onDemand.ts";
import { quoted } from "./quoted.ts";
import { type TableName, table } from "./tables.ts";
import { unlessMissing } from "./unlessMissing.ts";

/** The first partition from one key (included) to another, as they are written in the table; undefined when there is none. */
export async function firstPartition(name: TableName, from: string, to: string): Promise<string | undefined> {
  const filter = `PartitionKey ge ${quoted(from)} and PartitionKey lt ${quoted(to)}`;
  const client = await table(name);
  return unlessMissing(async () => {
    const rows = client.listEntities({ queryOptions: { filter, select: ["PartitionKey"] }, abortSignal: inTime() });
    for await (const [row] of rows.byPage({ maxPageSize: 1 })) {
      if (row?.partitionKey !== undefined) return row.partitionKey;
    }
    return undefined;
  });
}
