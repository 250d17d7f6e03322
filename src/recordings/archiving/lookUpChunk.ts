import { type Held, read } from "../../storage/ledger.ts";
import { type ChunkRow, chunkKey, documentKey } from "../rows.ts";

/** The ledger's row of a chunk; undefined when it was never announced. */
export async function lookUpChunk(documentId: string): Promise<Held<ChunkRow> | undefined> {
  const owner = await read<{ recordingId: string }>(documentKey(documentId));
  return owner && read<ChunkRow>(chunkKey(owner.row.recordingId, documentId));
}
