import { createHash } from "node:crypto";
import { claim, put } from "../storage/ledger.ts";
import { newestFirst } from "../storage/newestFirst.ts";
import { putRows } from "../storage/timeline.ts";
import { type AboutRow, aboutKey, openKey } from "./rows.ts";

/**
 * Makes a recording known: to the list, and to the sweep that watches it until it is settled. To be called after its other rows
 * are written, because the sweep looks at those when it stops watching.
 * @param startedAt when the recording began; the first caller's counts
 */
export async function becomeKnown(recordingId: string, startedAt: Date): Promise<void> {
  const { row } = await claim<AboutRow>(aboutKey(recordingId), { recordingId, startedAt });
  const listed = listedRow(recordingId, row.startedAt);
  await Promise.all([put(openKey(recordingId), { recordingId, since: new Date() }), putRows([listed])]);
}

/** The recording's row in the list. */
export function listedRow(recordingId: string, startedAt: Date) {
  return {
    partitionKey: `recordings:${startedAt.toISOString().slice(0, 7)}`,
    rowKey: `${newestFirst(startedAt.getTime())}_${createHash("sha256").update(recordingId).digest("hex")}`,
    recordingId,
  };
}
