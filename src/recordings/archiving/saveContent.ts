import { AcsEventsError } from "../../events/errors.ts";
import { container } from "../../storage/blobs.ts";
import { inTime, onDemand } from "../../storage/onDemand.ts";
import type { ChunkHold } from "./chunkHold.ts";
import { chunkLocations } from "./chunkLocations.ts";
import { chunkName } from "./chunkName.ts";
import { copyContent } from "./copyContent.ts";
import type { FoundChunk } from "./findChunk.ts";
import { indexFile } from "./indexFile.ts";
import { formatAt, mediaTypeOf } from "./mediaType.ts";
import { openContent } from "./openContent.ts";
import { type Copied, sha256OfBlob } from "./sha256OfBlob.ts";

/**
 * Copies a chunk's content into container `recordings`, and records its length and hash.
 * @param format of the metadata, if that is known
 * @param mayGoOn asked after each block
 * @returns what was stored; undefined when it was stopped
 * @throws whatever the source or storage throws; AcsEventsError for what a recording may not be
 */
export async function saveContent(
  locations: FoundChunk["locations"],
  hold: ChunkHold,
  format: string | undefined,
  mayGoOn: () => Promise<boolean>,
): Promise<Copied | undefined> {
  const { extension, contentType } = mediaTypeOf(format, hold.row.announcedFormat, formatAt(locations.contentLocation));
  // The name stays that of the first try: its staged blocks are there.
  const blob = hold.row.blob ?? `${chunkName(hold.row)}.${extension}`;
  if (hold.row.blob !== blob || hold.row.contentType !== contentType) await hold.update({ blob, contentType });
  const { length, sha256, damaged } = hold.row;
  if (length !== undefined && sha256 && !damaged) return { length: Number(length), sha256 };

  const recordings = await container("recordings");
  const target = recordings.getBlockBlobClient(blob);
  const { content } = chunkLocations(locations.documentId, locations);
  const copy = () => copyContent((offset) => openContent(content, offset), target, contentType, mayGoOn);
  // After a crash right after the commit the blob is whole, and only its hash is to be found out.
  const copied = (await target.exists({ abortSignal: inTime() }))
    ? await sha256OfBlob(target)
    : await onDemand(() => recordings.createIfNotExists(), copy);
  if (!copied) return undefined;
  if (copied.length === 0 || (sha256 && sha256 !== copied.sha256)) throw anotherFile(blob);
  await indexFile(blob, hold.row.recordingId, copied);
  await hold.update({ length: BigInt(copied.length), sha256: copied.sha256, damaged: false });
  return copied;
}

function anotherFile(blob: string): AcsEventsError {
  const message = `The blob ${blob} in container recordings is not the recording that belongs there. Delete it, or restore the right one.`;
  return new AcsEventsError("ACS_EVENTS_RECORDING_DAMAGED", message);
}
