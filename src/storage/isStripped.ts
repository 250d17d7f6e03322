import type { AcsEvent } from "../events/acsEvent.ts";
import { httpStatus, inTime } from "./onDemand.ts";
import { table } from "./tables.ts";
import { arrivedRow } from "./timeline.ts";

/** Whether RETENTION_TIMELINE_DAYS took an archived event out of all timelines: its row in order of arrival is left, and says nothing of it. */
export async function isStripped({ family, identity }: AcsEvent, storedAt: Date): Promise<boolean> {
  const { partitionKey, rowKey } = arrivedRow(family, storedAt, identity, {});
  try {
    const timeline = await table("timeline");
    const row = await timeline.getEntity<{ stripped?: boolean }>(partitionKey, rowKey, { abortSignal: inTime() });
    return row.stripped === true;
  } catch (error) {
    if (httpStatus(error) === 404) return false;
    throw error;
  }
}
