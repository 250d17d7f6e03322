import { readRows } from "../readRows.ts";
import { lengthOf } from "./lengthOf.ts";

/** Whether a file of a recording is as it was archived: its content has its length, its metadata is there. */
export async function isWhole(recordingId: string, blob: string): Promise<boolean> {
  const rows = (await readRows(recordingId))?.chunks.map(({ row }) => row) ?? [];
  const chunk = rows.find((row) => row.blob === blob || row.metadata === blob);
  const length = await lengthOf(blob);
  if (!chunk || length === undefined) return false;
  return chunk.metadata === blob || BigInt(length) === chunk.length;
}
