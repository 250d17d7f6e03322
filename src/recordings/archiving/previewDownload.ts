import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { recordingFileStatusUpdated } from "../../events/recording/recordingFileStatusUpdated.ts";
import type { JobPreview } from "../../intake/jobPreview.ts";
import { chunkIdOf } from "../chunkIdOf.ts";
import { finalStates } from "../rows.ts";
import { lookUpChunk } from "./lookUpChunk.ts";

/** What a job of queue `recording-downloads` would do now. Nothing is written. */
export async function previewDownload(event: AcsEvent, position: number, turn = 0): Promise<JobPreview> {
  if (!is(recordingFileStatusUpdated, event) || !event.data.recordingStorageInfo.recordingChunks[position])
    return { done: false, says: "the event has no such chunk" };
  const chunk = (await lookUpChunk(chunkIdOf(event, position)))?.row;
  if (!chunk) return { done: false, says: "the chunk is fetched from ACS" };
  if (finalStates.has(chunk.state)) return { done: true, says: `the chunk is ${chunk.state}` };
  if (chunk.turn !== turn) return { done: true, says: "another job has the chunk" };
  return { done: false, says: `the chunk is ${chunk.state}, and fetched from ACS` };
}
