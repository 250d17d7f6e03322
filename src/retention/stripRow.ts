import type { RowKey } from "../storage/deleteRows.ts";
import { httpStatus, inTime } from "../storage/onDemand.ts";
import { table } from "../storage/tables.ts";

/**
 * Takes what an event says out of its row in order of arrival, and marks the row: it leads to an event that nothing else leads to, and does
 * not tell whom it names. Nothing when there is no such row.
 */
export async function stripRow(row: RowKey): Promise<void> {
  const timeline = await table("timeline");
  try {
    await timeline.updateEntity({ ...row, summary: "{}", warnings: "[]", stripped: true }, "Merge", {
      abortSignal: inTime(),
    });
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}
