// The finished recordings that the simulator serves, each chunk under its documentId.
import { createHash } from "node:crypto";
import { chunkMetadata } from "./chunkMetadata.ts";
import { recordingBytes, sha256Of } from "./recordingBytes.ts";
import type { GeneratedBody } from "./reply.ts";
import { SimulatorError } from "./simulatorError.ts";

export type RecordingFormat = "mp4" | "mp3" | "wav";

export interface NewRecording {
  documentId: string;
  bytes: number;
  seed: number | string;
  /** Default mp4. */
  format?: RecordingFormat;
  /** Served as it is; by default metadata as ACS writes them. */
  metadata?: Record<string, unknown>;
}

export interface StoredRecording {
  documentId: string;
  format: RecordingFormat;
  content: GeneratedBody;
  metadata: Record<string, unknown>;
  deleted: boolean;
  /** The Range of each request for the content, in order; "whole" for one without. */
  asked: string[];
  /** When each of them came, on the clock of `performance.now()` in this process. */
  askedAt: number[];
  /** For each of them, the part [from, to) of the content that left the simulator; the reader need not have got all of it. */
  sent: [from: number, to: number][];
}

export interface RecordingLocations {
  documentId: string;
  contentLocation: string;
  metadataLocation: string;
  deleteLocation: string;
}

export class RecordingStore {
  readonly #recordings = new Map<string, StoredRecording>();
  readonly #resourceId: string;

  /** @param resourceId the ACS resource's immutable id, for default metadata */
  constructor(resourceId: string) {
    this.#resourceId = resourceId;
  }

  /** Stores a chunk, over an earlier one of the same documentId. */
  add({ documentId, bytes, seed, format = "mp4", metadata }: NewRecording): RecordingLocations {
    this.#recordings.set(documentId, {
      documentId,
      format,
      content: recordingBytes(typeof seed === "number" ? seed : numberOf(seed), bytes),
      metadata: metadata ?? chunkMetadata({ documentId, format, resourceId: this.#resourceId }),
      deleted: false,
      asked: [],
      askedAt: [],
      sent: [],
    });
    return locationsOf(documentId);
  }

  /** @throws SimulatorError 404 if there is none or it was deleted */
  get(documentId: string): StoredRecording {
    const recording = this.#recordings.get(documentId);
    if (!recording || recording.deleted) {
      throw new SimulatorError(404, "NotFound", "There is no such object, or it was deleted.");
    }
    return recording;
  }

  /** SHA-256 (hex) of a chunk's content, computed at each call. */
  sha256(documentId: string): Promise<string> {
    return sha256Of(this.get(documentId).content);
  }

  list(): Record<string, unknown>[] {
    return [...this.#recordings.values()].map(({ documentId, format, content, deleted, asked, askedAt, sent }) => ({
      ...locationsOf(documentId),
      format,
      bytes: content.length,
      deleted,
      asked,
      askedAt,
      sent,
    }));
  }

  clear(): void {
    this.#recordings.clear();
  }
}

function locationsOf(documentId: string): RecordingLocations {
  const object = `https://storage.asm.skype.com/v1/objects/${encodeURIComponent(documentId)}`;
  return {
    documentId,
    contentLocation: `${object}/content/video`,
    metadataLocation: `${object}/content/acsmetadata`,
    deleteLocation: object,
  };
}

function numberOf(seed: string): number {
  return createHash("sha256").update(seed).digest().readUInt32LE();
}
