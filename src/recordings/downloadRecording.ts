// Saves one chunk of a recording: its metadata, its content, and its line in the recording's manifest.
//
//   metadata ──► content ──► manifest      each step finds its own work done and skips it; the manifest is written last, so a
//     │ write-once   │ staged blocks,  │ ETag     chunk that stands there is whole, and a crash anywhere is mended by the retry
//                    │ commit once     │
import type { InvocationContext } from "@azure/functions";
import { openRecording } from "../acs/openRecording.ts";
import { accept } from "../events/accept.ts";
import { is } from "../events/acsEvent.ts";
import { AcsEventsError } from "../events/errors.ts";
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
  const chunk = is(recordingFileStatusUpdated, event)
    ? event.data.recordingStorageInfo.recordingChunks[job.chunk]
    : undefined;
  if (!is(recordingFileStatusUpdated, event) || !chunk) {
    throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", "The job's event has no such chunk of a recording.");
  }
  const { recordingId = "", callId, serverCallId, recordingStartTime, recordingDurationMs, ...rest } = event.data;
  const { recordingFormatType, sessionEndReason } = rest;
  const { index = job.chunk, endReason } = chunk;
  const documentId = documentIdOf(chunk, job.chunk);
  const folder = blobSegment(recordingId);
  if ((await readManifest(folder))?.manifest.chunks.some((saved) => saved.documentId === documentId)) {
    return context.log("already saved");
  }

  const name = `${folder}/${index}-${blobSegment(documentId)}`;
  const locations = chunkLocations(documentId, chunk);
  // Trouble with the metadata must not cost the content: it is saved all the same, and the trouble thrown after that.
  const metadata = await attempt(saveMetadata(locations.metadata, `${name}.metadata.json`));
  const format = formatOf(metadata.value?.format, recordingFormatType);
  const contentType = mediaTypeOf(format);
  const blob = `${name}.${format}`;
  const copied = await save(locations.content, blob, contentType);
  if ("error" in metadata) throw metadata.error;
  await addToManifest(
    folder,
    { recordingId, callId, serverCallId, recordingStartTime, recordingDurationMs, sessionEndReason },
    {
      index,
      documentId,
      blob,
      metadata: `${name}.metadata.json`,
      contentType,
      ...copied,
      ...(endReason ? { endReason } : {}),
      event: job.event,
    },
  );
  context.log(`saved ${copied.length} bytes`);
}

/** What a retry may cure is told; a forged location is thrown, and nothing of such an event is acted on. */
async function attempt<T>(work: Promise<T>): Promise<{ value: T } | { value?: undefined; error: unknown }> {
  try {
    return { value: await work };
  } catch (error) {
    if (error instanceof AcsEventsError && !error.retryable) throw error;
    return { error };
  }
}

async function save(location: string, blob: string, contentType: string): Promise<Copied> {
  const target = (await container("recordings")).getBlockBlobClient(blob);
  // After a crash between commit and manifest the blob is whole, and only what the manifest says of it is to be found out.
  if (await target.exists()) return sha256OfBlob(target);
  return copyContent((offset) => openRecording(location, offset), target, contentType);
}
