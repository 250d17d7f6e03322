import type { RecordingFormat } from "./recordingStore.ts";

export interface ChunkFacts {
  documentId: string;
  format: RecordingFormat;
  resourceId: string;
  callId?: string;
  index?: number;
  /** ISO 8601, UTC. */
  startTime?: string;
  durationMs?: number;
  pauses?: { startTime: string; duration: number }[];
  contentType?: string;
  channelType?: string;
}

/** The metadata file (`acsmetadata`) of a chunk, as the call-recording pages show it; times in milliseconds. */
export function chunkMetadata(facts: ChunkFacts): Record<string, unknown> {
  const video = facts.format === "mp4";
  const { resourceId } = facts;
  return {
    resourceId,
    callId: facts.callId ?? "5d0c3f5e-0000-4000-8000-000000000002",
    chunkDocumentId: facts.documentId,
    chunkIndex: facts.index ?? 0,
    chunkStartTime: facts.startTime ?? "2026-01-05T09:30:00.0000000Z",
    chunkDuration: facts.durationMs ?? 60_000,
    pauseResumeIntervals: facts.pauses ?? [],
    recordingInfo: {
      contentType: facts.contentType ?? (video ? "audioVideo" : "audio"),
      channelType: facts.channelType ?? "mixed",
      format: facts.format,
      audioConfiguration: { sampleRate: 16_000, bitRate: 128_000, channels: 1 },
      ...(video
        ? {
            videoConfiguration: {
              longerSideLength: 1920,
              shorterSideLength: 1080,
              framerate: 16,
              bitRate: 1_000_000,
            },
          }
        : {}),
    },
    participants: [
      { participantId: `8:acs:${resourceId}_0000000a-1111-4222-8333-444444444401` },
      { participantId: `8:acs:${resourceId}_0000000a-1111-4222-8333-444444444402` },
    ],
  };
}
