import { blobSegment } from "../../storage/keys.ts";
import type { ChunkRow } from "../rows.ts";

type Names = Pick<ChunkRow, "recordingId" | "index" | "documentId">;

/** The name of a chunk's blobs in container `recordings`, without their endings. */
export function chunkName({ recordingId, index, documentId }: Names): string {
  return `${blobSegment(recordingId)}/${index}-${blobSegment(documentId)}`;
}

/** The blob name of its metadata. */
export const metadataName = (chunk: Names) => `${chunkName(chunk)}.metadata.json`;
