// `manifest.json` of a recording: what was saved of it, with lengths and hashes. Chunks finish in any order and at once, so each
// change is written on condition that nobody wrote in between.
import { container } from "../storage/blobs.ts";
import { storageErrorCode } from "../storage/onDemand.ts";

export interface ManifestChunk {
  index: number;
  documentId: string;
  /** Blob names in container `recordings`. */
  blob: string;
  metadata: string;
  contentType: string;
  /** Bytes. */
  length: number;
  sha256: string;
  endReason?: string;
  /** Blob name of the event that announced the chunk. */
  event: string;
}

export interface Manifest {
  recordingId: string;
  callId?: string | undefined;
  serverCallId?: string | undefined;
  recordingStartTime?: string | undefined;
  recordingDurationMs?: number | undefined;
  sessionEndReason?: string | undefined;
  chunks: ManifestChunk[];
}

/** The manifest of a recording's folder, with its ETag; undefined before the first chunk is saved. */
export async function readManifest(folder: string): Promise<{ manifest: Manifest; etag: string } | undefined> {
  const blob = await manifestBlob(folder);
  try {
    const { etag = "" } = await blob.getProperties();
    const content = await blob.downloadToBuffer(0, undefined, { conditions: { ifMatch: etag } });
    return { manifest: JSON.parse(content.toString("utf8")) as Manifest, etag };
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 404) return undefined;
    if (statusCode === 412) return readManifest(folder);
    throw error;
  }
}

/** Adds a saved chunk to its recording's manifest; one that stands there already stays as it is. */
export async function addToManifest(
  folder: string,
  about: Omit<Manifest, "chunks">,
  chunk: ManifestChunk,
): Promise<void> {
  const blob = await manifestBlob(folder);
  for (;;) {
    const current = await readManifest(folder);
    const chunks = current?.manifest.chunks ?? [];
    if (chunks.some(({ documentId }) => documentId === chunk.documentId)) return;
    const manifest = { ...about, chunks: [...chunks, chunk].sort((a, b) => a.index - b.index) };
    const text = JSON.stringify(manifest, null, 2);
    const conditions = current ? { ifMatch: current.etag } : { ifNoneMatch: "*" };
    try {
      await blob.upload(text, Buffer.byteLength(text), {
        conditions,
        blobHTTPHeaders: { blobContentType: "application/json" },
      });
      return;
    } catch (error) {
      if (!["ConditionNotMet", "BlobAlreadyExists"].includes(storageErrorCode(error) ?? "")) throw error;
    }
  }
}

async function manifestBlob(folder: string) {
  const recordings = await container("recordings");
  return recordings.getBlockBlobClient(`${folder}/manifest.json`);
}
