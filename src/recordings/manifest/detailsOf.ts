import { Semaphore } from "async-mutex";
import type { ChunkRow } from "../rows.ts";
import { type ChunkMetadata, describeMetadata } from "./describeMetadata.ts";
import type { Manifest, ManifestChunk } from "./manifest.ts";
import { readRecordingJson } from "./readRecordingJson.ts";

/** Metadata files that are read at once, in the whole process. */
const places = new Semaphore(16);

/**
 * What the metadata files of chunks say, by documentId.
 * @param manifest has it already of the chunks that it lists with their metadata: a recording of hundreds of chunks would
 * otherwise cost the square of that
 */
export async function detailsOf(
  chunks: readonly { row: ChunkRow }[],
  manifest: Manifest | undefined,
): Promise<Map<string, ChunkMetadata>> {
  const details = new Map<string, ChunkMetadata>();
  for (const chunk of manifest?.chunks ?? []) if (chunk.metadata) details.set(chunk.documentId, toldBy(chunk));
  const look = async ({ metadata, documentId }: ChunkRow) => {
    if (!metadata || details.has(documentId)) return;
    const file = await readRecordingJson(metadata);
    if (file) details.set(documentId, describeMetadata(file));
  };
  await Promise.all(chunks.map(({ row }) => places.runExclusive(() => look(row))));
  return details;
}

const members = {
  ...{ startTime: 0, durationMs: 0, format: 0, recordingContentType: 0, recordingChannelType: 0 },
  ...{ audio: 0, video: 0, participants: 0, pauses: 0, metadataWarnings: 0 },
} satisfies Record<keyof ChunkMetadata, 0>;

/** What the manifest has of a chunk's metadata file: all but what the ledger says. */
function toldBy(chunk: ManifestChunk): ChunkMetadata {
  return Object.fromEntries(Object.entries(chunk).filter(([name]) => Object.hasOwn(members, name)));
}
