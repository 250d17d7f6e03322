import type { NewRecording } from "../../dev/acsSimulator/recordingStore.ts";
import type { Stack } from "../../dev/stack/startStack.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";

type Chunk = Record<string, unknown> & { index: number; documentId: string };

/** Puts a chunk into the simulator's recording store, of 1,000 bytes if nothing else is said. */
export async function addChunk(stack: Stack, index: number, recording: Partial<NewRecording> & { documentId: string }) {
  const { sha256, ...locations } = await stack.acs.addRecording({ bytes: 1000, seed: index, ...recording });
  return { chunk: { index, endReason: "SessionEnded", ...locations }, sha256 };
}

/** A RecordingFileStatusUpdated event of these chunks. */
export function recordingEvent(recordingId: string, chunks: Chunk[], data: Record<string, unknown> = {}) {
  const about = { recordingId, callId: "call-17", recordingStartTime: "2026-11-20T09:00:00Z", ...data };
  return eventGridEvent(
    "RecordingFileStatusUpdated",
    { recordingStorageInfo: { recordingChunks: chunks }, recordingDurationMs: 60_000, ...about },
    {
      id: `${recordingId}-${chunks.map(({ index }) => index).join("-")}`,
      subject: `/recording/call/call-17/recordingId/${recordingId}`,
    },
  );
}
