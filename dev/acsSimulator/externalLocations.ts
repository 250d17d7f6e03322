import { guidOf } from "./callIds.ts";
import type { LiveRecording } from "./recordingFile.ts";
import type { RecordingLocations } from "./recordingStore.ts";

/**
 * Where a chunk lies in the owner's container; the simulator serves nothing there. Folders as
 * learn.microsoft.com/azure/communication-services/quickstarts/call-automation/call-recording/bring-your-own-storage has them.
 */
export function externalLocations(
  { recordingId, callId, contentType, format, startedAt }: LiveRecording,
  containerUrl: string,
  documentId: string,
  index: number,
): RecordingLocations {
  const day = startedAt.toISOString().slice(0, 10).replaceAll("-", "");
  const folder = `${containerUrl.replace(/\/+$/, "")}/${day}/${callId}/${recordingId.slice(0, 8)}-${guidOf(recordingId)}`;
  const contentLocation = `${folder}/${index}-${contentType.toLowerCase()}.${documentId}.${format}`;
  return {
    documentId,
    contentLocation,
    metadataLocation: `${folder}/${index}-acsmetadata.${documentId}.json`,
    deleteLocation: contentLocation,
  };
}
