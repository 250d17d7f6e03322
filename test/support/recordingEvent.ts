import type { NewRecording } from "../../dev/acsSimulator/recordingStore.ts";
import type { Stack } from "../../dev/stack/startStack.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";

type Chunk = Record<string, unknown> & { index: number; documentId: string };

/** Puts a chunk into the simulator's recording store, of 1,000 bytes if nothing else is said. */
export async function addChunk(stack: Stack, index: number, recording: Partial<NewRecording> & { documentId: string }) {
  const { sha256, ...locations } = await stack.acs.addRecording({ bytes: 1000, seed: index, ...recording });
  return { chunk: { index, endReason: "SessionEnded", ...locations }, sha256 };
}

/** A RecordingFileStatusUpdated event of these chunks, of a recording of a minute that has just ended. */
export function recordingEvent(recordingId: string, chunks: Chunk[], data: Record<string, unknown> = {}) {
  const about = { recordingId, callId: "call-17", recordingStartTime: startedBefore(60_000), ...data };
  return eventGridEvent(
    "RecordingFileStatusUpdated",
    { recordingStorageInfo: { recordingChunks: chunks }, recordingDurationMs: 60_000, ...about },
    {
      id: `${recordingId}-${chunks.map(({ index }) => index).join("-")}`,
      subject: `/recording/call/call-17/recordingId/${recordingId}`,
    },
  );
}

/** The time so many milliseconds ago, as an event has it. */
export function startedBefore(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}
