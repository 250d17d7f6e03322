import { defined } from "../../events/defined.ts";
import { detailsOf } from "../../recordings/manifest/detailsOf.ts";
import { foldManifest } from "../../recordings/manifest/foldManifest.ts";
import type { Manifest, ManifestChunk } from "../../recordings/manifest/manifest.ts";
import { readManifest } from "../../recordings/manifest/readManifest.ts";
import { readRows } from "../../recordings/readRows.ts";
import { type Copied, copyMedia } from "../media/copyMedia.ts";
import type { Recording } from "../schemas/recording.ts";

/** A recording as the ledger has it now; undefined when nothing is known of it. @param recordingId under which its rows are */
export async function foldRecording(recordingId: string): Promise<Manifest | undefined> {
  const rows = await readRows(recordingId);
  if (!rows) return undefined;
  const manifest = await readManifest(recordingId);
  return foldManifest(recordingId, rows, await detailsOf(rows.chunks, manifest?.value));
}

/** A recording in the form of the export, with its files copied to the folder. @param copied told what became of each file */
export async function exportRecording(
  root: string,
  manifest: Manifest,
  copied: (what: Copied) => void,
): Promise<Recording> {
  const copy = async (blob: string | undefined, sha256?: string) => {
    if (blob === undefined) return undefined;
    const what = await copyMedia(root, blob, sha256);
    copied(what);
    return what;
  };
  const chunks: Recording["chunks"] = [];
  for (const chunk of manifest.chunks) {
    // What lies in the place of an erased file says nothing but that.
    const erased = chunk.state === "erased";
    const content = erased ? undefined : await copy(chunk.blob, chunk.sha256);
    const metadata = erased ? undefined : await copy(chunk.metadata);
    chunks.push(chunkOf(chunk, content, metadata));
  }
  return {
    id: manifest.recordingId,
    state: manifest.state,
    ...defined({
      callId: manifest.callId,
      serverCallId: manifest.serverCallId,
      startedAt: manifest.recordingStartTime,
      durationMs: manifest.recordingDurationMs,
      contentType: manifest.contentType,
      channelType: manifest.channelType,
    }),
    chunks,
    participants: manifest.participants.map(({ participantId, channels }) => defined({ id: participantId, channels })),
    pauses: manifest.pauses,
  };
}

function chunkOf(chunk: ManifestChunk, content: Copied | undefined, metadata: Copied | undefined) {
  const { index, documentId, state, contentType, startTime, durationMs, source } = chunk;
  return {
    index,
    documentId,
    state,
    ...defined({
      contentType,
      startTime,
      durationMs,
      content: typeof content === "object" ? content : undefined,
      metadata: typeof metadata === "object" ? metadata : undefined,
      missing: content === "missing" ? true : undefined,
      location: state === "registered" ? source.contentLocation : undefined,
    }),
  };
}
