import { blobSegment } from "../../storage/keys.ts";
import type { ChunkRow } from "../rows.ts";

/** The name of a chunk's blobs in container `recordings`, without their endings. */
export function chunkName({ recordingId, index, documentId }: ChunkRow): string {
  return `${blobSegment(recordingId)}/${index}-${blobSegment(documentId)}`;
}
