import { container } from "./blobs.ts";
import { inTime, onDemand } from "./onDemand.ts";
import { table } from "./tables.ts";

/** Whether the storage that `receive` needs answers: the archive and the timeline. Never throws. */
export async function storageReachable(): Promise<{ reachable: boolean; error?: string }> {
  try {
    const [events, timeline] = await Promise.all([container("events"), table("timeline")]);
    await Promise.all([
      onDemand(
        () => events.createIfNotExists(),
        () => events.getProperties({ abortSignal: inTime() }),
      ),
      onDemand(
        () => timeline.createTable(),
        async () => {
          for await (const _ of timeline.listEntities({
            queryOptions: { filter: "PartitionKey eq ''" },
            abortSignal: inTime(),
          }))
            break;
        },
      ),
    ]);
    return { reachable: true };
  } catch (error) {
    return { reachable: false, error: error instanceof Error ? error.message : String(error) };
  }
}
