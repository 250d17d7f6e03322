// What a stopped recording leaves: its chunks, and the event that names them.

import { guidOf } from "./callIds.ts";
import { chunkMetadata } from "./chunkMetadata.ts";
import type { SimulatedEvent } from "./context.ts";
import type { RecordingStart } from "./recordingStart.ts";
import type { NewRecording, RecordingLocations } from "./recordingStore.ts";

/** A recording between its start and its stop. */
export interface LiveRecording extends Omit<RecordingStart, "pauseOnStart"> {
  recordingId: string;
  callId: string;
  startedAt: Date;
  pauses: { from: Date; to?: Date }[];
  active: boolean;
  everActive: boolean;
  stopped: boolean;
}

const chunkBytes = 300_000;

/**
 * Cuts a recording that ended at `endedAt` into `count` chunks of equal length.
 * @returns the chunks, and the event RecordingFileStatusUpdated once the chunks' locations are known
 */
export function recordingFile(recording: LiveRecording, endedAt: Date, count: number, resourceId: string) {
  const start = recording.startedAt.getTime();
  const durationMs = endedAt.getTime() - start;
  const chunks = Array.from({ length: count }, (_, index): NewRecording => {
    const documentId = `0-sim-d1-${guidOf(`${recording.recordingId} ${index}`).replaceAll("-", "")}`;
    const chunkStart = start + Math.floor((durationMs * index) / count);
    const chunkEnd = start + Math.floor((durationMs * (index + 1)) / count);
    const { format, callId, contentType, channelType } = recording;
    const pauses = recording.pauses
      .filter(({ from }) => index === count - 1 || from.getTime() < chunkEnd)
      .filter(({ from }) => index === 0 || from.getTime() >= chunkStart)
      .map(({ from, to = endedAt }) => ({ startTime: from.toISOString(), duration: to.getTime() - from.getTime() }));
    return {
      documentId,
      bytes: chunkBytes,
      seed: documentId,
      format,
      metadata: chunkMetadata({
        documentId,
        format,
        resourceId,
        callId,
        index,
        startTime: new Date(chunkStart).toISOString(),
        durationMs: chunkEnd - chunkStart,
        pauses,
        contentType,
        channelType,
      }),
    };
  });
  return { chunks, event: (locations: RecordingLocations[]) => fileEvent(recording, durationMs, locations) };
}

function fileEvent(recording: LiveRecording, durationMs: number, locations: RecordingLocations[]): SimulatedEvent {
  const { callId, serverCallId, recordingId } = recording;
  const [call, server, file] = [callId, serverCallId, recordingId].map(encodeURIComponent);
  const subject = `/recording/call/${call}/serverCallId/${server}`;
  const external = recording.containerUrl !== undefined; // then the recordingId stands in the data instead
  return {
    type: "RecordingFileStatusUpdated",
    subject: external ? subject : `${subject}/recordingId/${file}`,
    data: {
      recordingStorageInfo: {
        recordingChunks: locations.map((location, index) => ({
          ...location,
          index,
          endReason: index < locations.length - 1 ? "ChunkMaximumSizeExceeded" : "SessionEnded",
        })),
      },
      recordingStartTime: recording.startedAt.toISOString(),
      recordingDurationMs: durationMs,
      recordingContentType: capitalised(recording.contentType),
      recordingChannelType: capitalised(recording.channelType),
      recordingFormatType: capitalised(recording.format),
      sessionEndReason: "CallEnded",
      ...(external ? { storageType: "AzureBlob", recordingId } : { storageType: "ACS" }),
    },
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
