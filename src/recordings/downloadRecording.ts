// Saves one chunk of a recording: its metadata, its content, and its line in the recording's manifest.
//
//   metadata ──► content ──► manifest      each step finds its own work done and skips it; the manifest is written last, so a
//     │ write-once   │ staged blocks,  │ ETag     chunk that stands there is whole, and a crash anywhere is mended by the retry
//                    │ commit once     │
import type { InvocationContext } from "@azure/functions";
import { openRecording } from "../acs/openRecording.ts";
import { accept } from "../events/accept.ts";
import { is } from "../events/acsEvent.ts";
import { documentIdOf } from "../events/recording/documentIdOf.ts";
import { recordingFileStatusUpdated } from "../events/recording/recordingFileStatusUpdated.ts";
import type { DownloadJob } from "../intake/jobs.ts";
import { readArchived } from "../storage/archive.ts";
import { container } from "../storage/blobs.ts";
import { blobSegment } from "../storage/keys.ts";
import { chunkLocations } from "./chunkLocations.ts";
import { copyContent } from "./copyContent.ts";
import { addToManifest, readManifest } from "./manifest.ts";
import { formatOf, mediaTypeOf } from "./mediaType.ts";
import { saveMetadata } from "./saveMetadata.ts";
import { type Copied, sha256OfBlob } from "./sha256OfBlob.ts";

/** Handles a job of queue `recording-downloads`. Throws when a retry may help; the poison queue raises the problem. */
export async function downloadRecording(job: DownloadJob, context: InvocationContext): Promise<void> {
  const event = accept(await readArchived(job.event));
  if (!is(recordingFileStatusUpdated, event)) return;
  const { recordingStorageInfo, recordingFormatType, ...rest } = event.data;
  const { recordingId = "", callId, serverCallId, recordingStartTime, recordingDurationMs, sessionEndReason } = rest;
  const chunk = recordingStorageInfo.recordingChunks.find((one) => documentIdOf(one) === job.documentId);
  if (!chunk) return;

  const folder = blobSegment(recordingId);
  if ((await readManifest(folder))?.manifest.chunks.some(({ documentId }) => documentId === job.documentId)) {
    return context.log("already saved");
  }
  const name = `${folder}/${chunk.index ?? 0}-${blobSegment(job.documentId)}`;
  const locations = chunkLocations(chunk);
  const metadata = await saveMetadata(locations.metadata, `${name}.metadata.json`);
  const format = formatOf(metadata.format, recordingFormatType);
  const contentType = mediaTypeOf(format);
  const blob = `${name}.${format}`;
  const copied = await save(locations.content, blob, contentType);
  await addToManifest(
    folder,
    { recordingId, callId, serverCallId, recordingStartTime, recordingDurationMs, sessionEndReason },
    {
      index: chunk.index ?? 0,
      documentId: job.documentId,
      blob,
      metadata: `${name}.metadata.json`,
      contentType,
      ...copied,
      ...(chunk.endReason ? { endReason: chunk.endReason } : {}),
      event: job.event,
    },
  );
  context.log(`saved ${copied.length} bytes`);
}

async function save(location: string, blob: string, contentType: string): Promise<Copied> {
  const target = (await container("recordings")).getBlockBlobClient(blob);
  // After a crash between commit and manifest the blob is whole, and only what the manifest says of it is to be found out.
  if (await target.exists()) return sha256OfBlob(target);
  return copyContent((offset) => openRecording(location, offset), target, contentType);
}
