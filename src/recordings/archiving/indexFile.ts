import { hash } from "node:crypto";
import { container } from "../../storage/blobs.ts";
import { inTime } from "../../storage/onDemand.ts";
import { putArrived } from "../../storage/timeline.ts";
import type { Written } from "../../storage/writeOnce.ts";

/**
 * Puts a file of a recording, once it is whole, into the index of what arrived: seals and retention find it there. Doing it again changes
 * nothing.
 * @param known of the file: what was written, or its length and hash alone
 */
export async function indexFile(
  blob: string,
  recordingId: string,
  known: Pick<Written, "length" | "sha256"> & Partial<Written>,
): Promise<void> {
  if (known.tombstone !== undefined) return;
  const { storedAt, at } = known.storedAt ? { storedAt: known.storedAt, at: known.at } : await timesOf(blob);
  const written = { ...known, storedAt, created: true, ...(at && { at }) };
  await putArrived("recordingFile", hash("sha256", blob), written, { blob, recordingId });
}

async function timesOf(blob: string): Promise<{ storedAt: Date; at: Date | undefined }> {
  const client = (await container("recordings")).getBlobClient(blob);
  const { createdOn, date } = await client.getProperties({ abortSignal: inTime() });
  return { storedAt: createdOn ?? new Date(), at: date };
}
