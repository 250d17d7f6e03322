import { countState } from "../../recordings/countState.ts";
import { readRows } from "../../recordings/readRows.ts";
import { type ChunkRow, chunkKey } from "../../recordings/rows.ts";
import { changeRow } from "../../storage/changeRow.ts";
import type { ErasedObject } from "../../storage/tombstones.ts";
import { recordingOfBlob } from "./recordingOfBlob.ts";

/** Makes the ledger say that the chunk of a blob is erased. @returns the recording's id; undefined for one that is not known */
export async function endChunkOf(blob: string, done: ErasedObject["done"]): Promise<string | undefined> {
  const recordingId = await recordingOfBlob(blob);
  const rows = recordingId === undefined ? undefined : await readRows(recordingId);
  const chunk = rows?.chunks.find(({ row }) => row.blob === blob || row.metadata === blob);
  if (done === "erased" && chunk) await endChunk(chunk.row);
  return recordingId;
}

/** Ends a chunk for good: whoever copies it now stops there. @returns the chunk as it was then, with all files that it will ever have */
export async function endChunk({ recordingId, documentId }: ChunkRow): Promise<ChunkRow | undefined> {
  let before: ChunkRow | undefined;
  await changeRow<ChunkRow>(chunkKey(recordingId, documentId), (now) => {
    before = now;
    if (!now || now.state === "erased") return undefined;
    return { state: "erased", sha256: "", errorCode: "", turn: now.turn + 1 };
  });
  if (before) countState("erased", before.state);
  return before;
}
