import { type Held, readAll } from "../storage/ledger.ts";
import { type AboutRow, type ChunkRow, type EventRow, partitionOf, type RunRow } from "./rows.ts";

export interface RecordingRows {
  about?: AboutRow;
  run?: Held<RunRow>;
  /** By event time. */
  events: EventRow[];
  /** By index. */
  chunks: Held<ChunkRow>[];
}

/** All that the ledger knows of a recording; undefined when it knows nothing. */
export async function readRows(recordingId: string): Promise<RecordingRows | undefined> {
  const found: RecordingRows = { events: [], chunks: [] };
  for await (const { rowKey, row, etag } of readAll(partitionOf(recordingId))) {
    if (rowKey.startsWith("chunk:")) found.chunks.push({ row: row as ChunkRow, etag });
    else if (rowKey.startsWith("event:")) found.events.push(row as EventRow);
    else if (rowKey === "run") found.run = { row: row as RunRow, etag };
    else if (rowKey === "about") found.about = row as AboutRow;
  }
  found.events.sort((a, b) => (a.time ?? "").localeCompare(b.time ?? ""));
  found.chunks.sort((a, b) => a.row.index - b.row.index || a.row.documentId.localeCompare(b.row.documentId));
  return found.about || found.run || found.chunks.length > 0 ? found : undefined;
}
