import { defined } from "../../events/defined.ts";
import type { RecordingRows } from "../readRows.ts";
import { type ChunkRow, savedStates } from "../rows.ts";
import type { ChunkMetadata } from "./describeMetadata.ts";
import type { Manifest, ManifestChunk } from "./manifest.ts";

/**
 * The manifest that the ledger's rows amount to, whatever their order of arrival.
 * @param details what a chunk's metadata file says, by documentId
 */
export function foldManifest(
  recordingId: string,
  { events, chunks, run }: RecordingRows,
  details: ReadonlyMap<string, ChunkMetadata>,
): Manifest {
  const rows = chunks.map(({ row }) => row);
  const told = rows.map(({ documentId }) => details.get(documentId) ?? {});
  const last = <M extends keyof (typeof events)[number]>(member: M) =>
    events.findLast((event) => event[member] !== undefined)?.[member];
  return {
    recordingId,
    state: isComplete(rows) ? "complete" : "incomplete",
    ...defined({
      callId: last("callId"),
      serverCallId: last("serverCallId") ?? run?.row.serverCallId,
      recordingStartTime: last("recordingStartTime"),
      recordingDurationMs: last("recordingDurationMs"),
      contentType: last("contentType"),
      channelType: last("channelType"),
      sessionEndReason: last("sessionEndReason"),
    }),
    storage: rows.some(({ state }) => state === "registered") ? "own" : "acs",
    chunks: rows.map((row) => chunkOf(row, details.get(row.documentId) ?? {})),
    participants: participantsOf(told),
    pauses: told.flatMap(({ pauses = [] }) => pauses).sort((a, b) => a.startTime.localeCompare(b.startTime)),
    events: events.map(({ event, eventId }) => ({ event, ...defined({ id: eventId }) })),
  };
}

function chunkOf(row: ChunkRow, metadata: ChunkMetadata): ManifestChunk {
  const { contentLocation, metadataLocation, deleteLocation } = row;
  const saved = savedStates.has(row.state);
  return {
    index: row.index,
    documentId: row.documentId,
    state: row.state,
    deadline: row.deadline.toISOString(),
    ...defined({
      endReason: row.endReason,
      metadata: row.metadata,
      error: saved ? undefined : row.errorCode || undefined,
    }),
    ...(saved
      ? defined({
          blob: row.blob,
          contentType: row.contentType,
          length: row.length === undefined ? undefined : Number(row.length),
          sha256: row.sha256,
          archivedAt: row.archivedAt?.toISOString(),
        })
      : {}),
    ...metadata,
    source: defined({ contentLocation, metadataLocation, deleteLocation }),
  };
}

function isComplete(chunks: ChunkRow[]): boolean {
  const kept = chunks.every(({ state }) => savedStates.has(state) || state === "registered");
  return kept && !missesChunks(chunks);
}

/** Whether chunks must exist that were not announced: a gap in the indexes, or a last one that was ended for its size. */
export function missesChunks(chunks: readonly ChunkRow[]): boolean {
  const indexes = new Set(chunks.map(({ index }) => index));
  const gap = Array.from({ length: indexes.size }, (_, index) => index).some((index) => !indexes.has(index));
  return indexes.size === 0 || gap || chunks.at(-1)?.endReason?.toLowerCase() === "chunkmaximumsizeexceeded";
}

function participantsOf(told: ChunkMetadata[]): Manifest["participants"] {
  const channels = new Map<string, Set<number>>();
  for (const { participantId, channel } of told.flatMap(({ participants = [] }) => participants)) {
    const known = channels.get(participantId) ?? new Set();
    channels.set(participantId, channel === undefined ? known : known.add(channel));
  }
  return [...channels].map(([participantId, known]) => ({
    participantId,
    ...(known.size > 0 ? { channels: [...known] } : {}),
  }));
}
