import type { RecordingLocations } from "../acsSimulator/recordingStore.ts";
import { postEvents } from "../stack/postEvents.ts";
import type { Stage } from "./stage.ts";
import type { Story, StoryChunk } from "./story.ts";

const duration = 60_000;
const maxTries = 100;

/** The events of a story: RecordingFileStatusUpdated, of a recording of a minute that has just ended. */
export function eventsOf(
  { recordingId, chunks, events }: Story,
  locations: ReadonlyMap<number, RecordingLocations>,
  now: number,
): Record<string, unknown>[] {
  const chunkAt = (index: number) => {
    const chunk = chunks[index];
    const endReason = index === chunks.length - 1 ? "SessionEnded" : "ChunkMaximumSizeExceeded";
    return chunk && { index, endReason, ...(chunk.kind === "own" ? ownLocations(chunk) : locations.get(index)) };
  };
  return events.map((indexes, number) => ({
    id: eventIdOf(recordingId, number),
    topic: "/subscriptions/chaos/resourceGroups/chaos/providers/Microsoft.Communication/communicationServices/chaos",
    subject: `/recording/call/${recordingId}-call/serverCallId/${recordingId}-server/recordingId/${recordingId}`,
    eventType: "Microsoft.Communication.RecordingFileStatusUpdated",
    eventTime: new Date(now).toISOString(),
    dataVersion: "1.0",
    metadataVersion: "1",
    data: {
      recordingStorageInfo: { recordingChunks: indexes.map(chunkAt) },
      recordingStartTime: new Date(now - duration).toISOString(),
      recordingDurationMs: duration,
      recordingFormatType: "Mp4",
      sessionEndReason: "CallEnded",
      recordingId,
      storageType: chunks.some(({ kind }) => kind === "own") ? "AzureBlob" : "ACS",
    },
  }));
}

/** The id of a story's event. */
export const eventIdOf = (recordingId: string, number: number): string => `${recordingId}-event-${number}`;

function ownLocations({ documentId }: StoryChunk) {
  const folder = "https://contoso.blob.core.windows.net/recordings/20261120";
  return {
    documentId,
    contentLocation: `${folder}/${documentId}-video.mp4`,
    metadataLocation: `${folder}/${documentId}.json`,
  };
}

/** Delivers an event until it is accepted, as Event Grid does. @throws Error when it never is */
export async function deliver({ stack }: Stage, event: unknown, instance: number): Promise<void> {
  for (let tries = 0; tries < maxTries; tries++) {
    // The next try may meet the other instance.
    const host = stack.hosts[(instance + tries) % stack.hosts.length] ?? stack.host;
    const status = await postEvents(host.webhookUrl("recordingEvents"), [event]);
    if (status === 202) return;
  }
  throw new Error(`An event was not accepted in ${maxTries} deliveries.`);
}
