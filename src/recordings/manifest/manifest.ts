// `manifest.json` of a recording: what was announced of it and what was kept, for whoever has the files and nothing else.
import type { ChunkState } from "../rows.ts";
import type { ChunkMetadata } from "./describeMetadata.ts";

export interface ManifestChunk extends Partial<ChunkMetadata> {
  index: number;
  documentId: string;
  state: ChunkState;
  endReason?: string;
  /** Until when ACS keeps it, ISO 8601. */
  deadline: string;
  /** Blob name in container `recordings`, once it is archived. */
  blob?: string;
  /** Blob name of its metadata file, as received; absent when ACS never gave one. */
  metadata?: string;
  contentType?: string;
  /** Bytes. */
  length?: number;
  /** Of the whole file, hex. */
  sha256?: string;
  archivedAt?: string;
  /** Code of the last failure, unless it is archived. */
  error?: string;
  /** Where it came from. */
  source: { contentLocation?: string; metadataLocation?: string; deleteLocation?: string };
}

export interface Manifest {
  recordingId: string;
  /** Complete: every announced chunk is kept, indexes run from 0 without a gap, and the last did not end for its size. */
  state: "complete" | "incomplete";
  callId?: string;
  serverCallId?: string;
  recordingStartTime?: string;
  recordingDurationMs?: number;
  contentType?: string;
  channelType?: string;
  sessionEndReason?: string;
  /** `own`: chunks are in the owner's storage, where ACS put them. */
  storage: "acs" | "own";
  chunks: ManifestChunk[];
  /** Everyone in the chunks' metadata, by rawId. */
  participants: { participantId: string; channels?: number[] }[];
  /** In order; milliseconds. */
  pauses: { startTime: string; duration: number }[];
  /** The events that announced it: blob names in container `events`, and their own ids. */
  events: { event: string; id?: string }[];
}
