import { httpStatus, inTime } from "./onDemand.ts";
import { type TableName, table } from "./tables.ts";

/** The first partition from one key (included) to another; undefined when there is none. */
export async function firstPartition(name: TableName, from: string, to: string): Promise<string | undefined> {
  const filter = `PartitionKey ge '${from}' and PartitionKey lt '${to}'`;
  const options = { queryOptions: { filter, select: ["PartitionKey"] }, abortSignal: inTime() };
  try {
    for await (const [row] of (await table(name)).listEntities(options).byPage({ maxPageSize: 1 })) {
      if (row?.partitionKey !== undefined) return row.partitionKey;
    }
    return undefined;
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}
