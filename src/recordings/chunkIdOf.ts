import type { EventOf } from "../events/acsEvent.ts";
import { documentIdOf } from "../events/recording/documentIdOf.ts";
import type { recordingFileStatusUpdated } from "../events/recording/recordingFileStatusUpdated.ts";
import { shortId } from "../storage/keys.ts";

/** The documentId under which the ledger has a chunk of an event. */
export function chunkIdOf({ data }: EventOf<typeof recordingFileStatusUpdated>, position: number): string {
  const chunk = data.recordingStorageInfo.recordingChunks[position] ?? {};
  return shortId(documentIdOf(chunk, data.recordingId ?? "", position));
}
