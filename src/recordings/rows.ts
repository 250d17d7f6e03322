// What the ledger knows of a recording. All rows of one recording are one partition, `recording:{recordingId}`:
//
//   about              when and how it became known; written once
//   event:{identity}   what an event announced; written once
//   chunk:{documentId} a chunk and how far it is; changed on condition only
//   run                a recording that was started here, until it has ended
//
// Beside them:  document:{documentId}   to which recording a chunk belongs: the claim of the chunk
//               alias:{id}              another id of a recording
//               open:recording, {id}    recordings that are not settled, and open:start, {id} starts without an answer: what the
//                                       sweep costs
//               running:{locator}       the recording that runs in a call, so that no second one is started
import type { Columns, WorkKey } from "../storage/ledger.ts";

/**
 * announced → copying → archived → deleted (at ACS; ours stays) are the way of a chunk; failed and expired its other ends;
 * registered: the owner's own storage has it; erased: gone with whom it was of; ended: kept for as long as RETENTION_RECORDINGS_DAYS says,
 * and deleted.
 */
export type ChunkState =
  | "announced"
  | "copying"
  | "archived"
  | "deleted"
  | "failed"
  | "expired"
  | "registered"
  | "erased"
  | "ended";

/** States that a download does not change any more. */
export const finalStates: ReadonlySet<ChunkState> = new Set([
  ...["archived", "deleted", "failed", "expired", "registered", "erased", "ended"],
] as ChunkState[]);

/** States in which container `recordings` has the whole chunk. */
export const savedStates: ReadonlySet<ChunkState> = new Set(["archived", "deleted"]);

export interface ChunkRow extends Columns {
  state: ChunkState;
  recordingId: string;
  documentId: string;
  index: number;
  /** Blob name of the event that announced it, and the chunk's position in it: what a download job is made of. */
  event: string;
  position: number;
  endReason?: string;
  contentLocation?: string;
  metadataLocation?: string;
  deleteLocation?: string;
  /** recordingFormatType of the event, e.g. "Mp4". */
  announcedFormat?: string;
  announcedAt: Date;
  /** End of the recording and RECORDING_WINDOW_HOURS. */
  deadline: Date;
  /** Failed tries so far. */
  attempts: number;
  /** Grows whenever the chunk is handed to another job; a job for another turn has nothing to do. */
  turn: number;
  /** The queue message that copies it, and until when nobody else may. */
  owner?: string;
  leaseUntil?: Date;
  /** When it is tried again. */
  nextTry?: Date;
  /** How many quarters of its window were over when it was last found late. */
  alerted?: number;
  /** Of the last failure: code of the error, and the HTTP status if there was an answer. */
  errorCode?: string;
  errorStatus?: number;
  /** Blob names in container `recordings`; set before the first byte is copied. */
  blob?: string;
  metadata?: string;
  contentType?: string;
  /** Set when archived: bytes, and SHA-256 in hex. */
  length?: bigint;
  sha256?: string;
  archivedAt?: Date;
  /** The blob was found gone after it had been archived. */
  damaged?: boolean;
  /** Why ACS did not delete it: status or code. */
  deleteError?: string;
}

export interface EventRow extends Columns {
  /** Blob name in container `events`, and the event's own id. */
  event: string;
  eventId?: string;
  /** UTC, seven fraction digits. */
  time?: string;
  callId?: string;
  serverCallId?: string;
  recordingStartTime?: string;
  recordingDurationMs?: number;
  contentType?: string;
  channelType?: string;
  sessionEndReason?: string;
  storageType?: string;
}

export interface AboutRow extends Columns {
  recordingId: string;
  /** When it began: the event's recordingStartTime, or when it was started here. Lists are sorted by it. */
  startedAt: Date;
}

/** A recording that was started here. Empty text stands for "not" in a column that can be taken back. */
export interface RunRow extends Columns {
  recordingId: string;
  startedAt: Date;
  /** The key of its row `running:{locator}`. */
  locator: string;
  /** As far as known: given at the start, or told by a callback. */
  serverCallId?: string;
  /** ISO times; "" while it is not so. */
  pausedAt: string;
  stoppedAt: string;
  /** Where the caller wants to be told of its state; "" if nowhere. */
  relayTo: string;
  /** Who asserted the participants' consent, and when (ISO); "" if nobody was asked. */
  consent: string;
  consentAt: string;
}

export const partitionOf = (recordingId: string): WorkKey => ["recording", recordingId];
export const aboutKey = (recordingId: string): WorkKey => ["recording", recordingId, "about"];
export const runKey = (recordingId: string): WorkKey => ["recording", recordingId, "run"];
export const eventKey = (recordingId: string, identity: string): WorkKey => [
  "recording",
  recordingId,
  `event:${identity}`,
];
export const chunkKey = (recordingId: string, documentId: string): WorkKey => [
  "recording",
  recordingId,
  `chunk:${documentId}`,
];
/** Row of columns `{ recordingId }`. */
export const documentKey = (documentId: string): WorkKey => ["document", documentId, ""];
/** Row of columns `{ recordingId }`: the id under which the rows are. */
export const aliasKey = (id: string): WorkKey => ["alias", id, ""];
/** A recording that is not settled. Deleted, if unchanged, when nothing is left to watch. */
export type OpenRow = { recordingId: string; since: Date };
export const openKey = (recordingId: string): WorkKey => ["open", "recording", recordingId];
export const openPartition: WorkKey = ["open", "recording"];
