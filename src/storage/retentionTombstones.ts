// What retention ended, one tombstone for each kind and day of arrival: `retention/{kind}/{yyyy-MM-dd}.json` in container `tombstones`.
// It is written before the first thing of that day is deleted, so that nothing is ever missing without a reason.
import { propertiesOf } from "./propertiesOf.ts";
import { writeOnce } from "./writeOnce.ts";

export interface RetentionTombstone {
  kind: string;
  /** Day of arrival, UTC. */
  day: string;
  /** The setting by which it was ended, and its days. */
  setting: string;
  days: number;
  /** When that began, ISO 8601. */
  since: string;
}

const nameOf = (kind: string, day: string) => `retention/${kind}/${day}.json`;

/** Says that what arrived of a kind on a day is ended; said before, it stays as it was. */
export async function putRetentionTombstone(tombstone: RetentionTombstone): Promise<void> {
  await writeOnce("tombstones", nameOf(tombstone.kind, tombstone.day), JSON.stringify(tombstone));
}

export async function hasRetentionTombstone(kind: string, day: string): Promise<boolean> {
  return (await propertiesOf("tombstones", nameOf(kind, day))) !== undefined;
}
