import type { Entity } from "../events/entities.ts";
import { tableKey } from "./keys.ts";
import { listRows } from "./listRows.ts";

export interface TimelineRow {
  /** `{time}_{identity}`. */
  rowKey: string;
  /** Name of the event type without its namespace, e.g. "CallEnded". */
  type: string;
  time?: string;
  /** Blob name in container `events`; absent for what is no event. */
  blob?: string;
  /** JSON. */
  summary?: string;
}

/**
 * The rows of an entity, in order of time.
 * @param from the first time that is wanted; ISO 8601, UTC
 */
export async function* readTimeline(entity: Entity, from = ""): AsyncGenerator<TimelineRow> {
  const filter = `PartitionKey eq '${tableKey(entity).replaceAll("'", "''")}' and RowKey ge '${from.replaceAll("'", "''")}'`;
  for await (const row of listRows<TimelineRow>("timeline", filter)) yield { ...row, rowKey: row.rowKey ?? "" };
}
