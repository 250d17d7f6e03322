import { accept } from "../../events/accept.ts";
import { is } from "../../events/acsEvent.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { recordingFileStatusUpdated } from "../../events/recording/recordingFileStatusUpdated.ts";
import type { DownloadJob } from "../../intake/jobs.ts";
import { readArchived } from "../../storage/archive.ts";
import type { Held } from "../../storage/ledger.ts";
import { announceRecording } from "../announceRecording.ts";
import { chunkIdOf } from "../chunkIdOf.ts";
import type { ChunkRow } from "../rows.ts";
import { lookUpChunk } from "./lookUpChunk.ts";

export interface FoundChunk {
  held: Held<ChunkRow>;
  /** As the event has them: the ledger keeps its own copies for reading only. */
  locations: { documentId: string; contentLocation?: string; metadataLocation?: string; deleteLocation?: string };
}

/**
 * The chunk that a job is for. One that is not in the ledger is announced first: the event came by another function's door.
 * @throws AcsEventsError ACS_EVENTS_NOT_A_JOB when the job's event has no such chunk
 */
export async function findChunk({ event: blob, chunk: position }: DownloadJob): Promise<FoundChunk> {
  const event = accept(await readArchived(blob));
  const chunk = is(recordingFileStatusUpdated, event)
    ? event.data.recordingStorageInfo.recordingChunks[position]
    : undefined;
  if (!is(recordingFileStatusUpdated, event) || !chunk) {
    throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", "The job's event has no such chunk of a recording.");
  }
  const id = chunkIdOf(event, position);
  const locations = { ...chunk, documentId: chunk.documentId ?? id };
  const held = await lookUpChunk(id);
  if (held) return { held, locations };
  await announceRecording(event, blob);
  const announced = await lookUpChunk(id);
  if (!announced) throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", "The job's chunk is beyond those that are fetched.");
  return { held: announced, locations };
}
