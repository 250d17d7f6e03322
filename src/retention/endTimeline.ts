import type { AcsEvent } from "../events/acsEvent.ts";
import { deleteRows } from "../storage/deleteRows.ts";
import { firstRows } from "../storage/firstRows.ts";
import { derivedRows } from "./derivedRows.ts";

/** Takes an event out of all timelines, lists and transcripts. */
export async function endTimeline(event: AcsEvent, blob: string, storedAt: Date): Promise<void> {
  const { rows, shared } = derivedRows(event, blob, storedAt);
  await deleteRows("timeline", rows);
  for (const { rows: together, range } of shared) {
    const [another] = await firstRows("timeline", range, 1);
    if (!another) await deleteRows("timeline", together);
  }
}
