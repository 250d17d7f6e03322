import type { AcsEvent } from "../events/acsEvent.ts";
import { inTime } from "./onDemand.ts";
import { table } from "./tables.ts";
import { arrivedRow } from "./timeline.ts";
import { unlessMissing } from "./unlessMissing.ts";

/** Whether RETENTION_TIMELINE_DAYS took an archived event out of all timelines: its row in order of arrival is left, and says nothing of it. */
export async function isStripped({ family, identity }: AcsEvent, storedAt: Date): Promise<boolean> {
  const { partitionKey, rowKey } = arrivedRow(family, storedAt, identity, {});
  const timeline = await table("timeline");
  const get = () => timeline.getEntity<{ stripped?: boolean }>(partitionKey, rowKey, { abortSignal: inTime() });
  return (await unlessMissing(get))?.stripped === true;
}
