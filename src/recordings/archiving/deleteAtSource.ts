import { deleteRecording } from "../../acs/deleteRecording.ts";
import { setting, settingIsValid } from "../../config.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { container } from "../../storage/blobs.ts";
import { lostRace, read, settle } from "../../storage/ledger.ts";
import { inTime } from "../../storage/onDemand.ts";
import { countState } from "../countState.ts";
import { type ChunkRow, chunkKey } from "../rows.ts";
import type { FoundChunk } from "./findChunk.ts";

/**
 * Deletes a chunk at ACS, if RECORDING_DELETE_AT_SOURCE says so and the chunk is archived and there. A failure is recorded and
 * nothing more: ACS deletes it by itself.
 */
export async function deleteAtSource({ held, locations: { deleteLocation } }: FoundChunk): Promise<void> {
  if (!deleteLocation || !settingIsValid("RECORDING_DELETE_AT_SOURCE") || !setting("RECORDING_DELETE_AT_SOURCE"))
    return;
  const key = chunkKey(held.row.recordingId, held.row.documentId);
  const chunk = await read<ChunkRow>(key);
  if (chunk?.row.state !== "archived" || chunk.row.deleteError || !(await isWhole(chunk.row))) return;
  const change = await deleteRecording(deleteLocation).then(
    () => ({ state: "deleted" as const }),
    (error: unknown) => ({ deleteError: whyNot(error) }),
  );
  try {
    await settle(key, chunk.etag, change);
  } catch (error) {
    if (lostRace(error)) return;
    throw error;
  }
  if ("state" in change) countState(change.state, chunk.row.state);
}

async function isWhole({ blob = "", length, metadata }: ChunkRow): Promise<boolean> {
  const recordings = await container("recordings");
  const { contentLength } = await recordings.getBlobClient(blob).getProperties({ abortSignal: inTime() });
  return metadata !== undefined && length !== undefined && BigInt(contentLength ?? -1) === length;
}

function whyNot(error: unknown): string {
  return error instanceof AcsEventsError ? String(error.status ?? error.code) : "ACS_EVENTS_INTERNAL";
}
