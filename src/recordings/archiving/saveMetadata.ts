import { openRecording } from "../../acs/openRecording.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { writeOnce } from "../../storage/writeOnce.ts";
import { describeMetadata } from "../manifest/describeMetadata.ts";
import { jsonObject, readRecordingJson } from "../manifest/readRecordingJson.ts";
import type { ChunkHold } from "./chunkHold.ts";
import { chunkLocations } from "./chunkLocations.ts";
import { metadataName } from "./chunkName.ts";
import { raiseMetadataLost } from "./chunkProblems.ts";
import type { FoundChunk } from "./findChunk.ts";
import { indexFile } from "./indexFile.ts";
import { isGone, isPast } from "./isGone.ts";
import { noteParticipants } from "./noteParticipants.ts";

/** A metadata file is a few KB; anything longer is not one. */
const maxLength = 4 * 1024 * 1024;

/**
 * Keeps a chunk's metadata file as received, and tells what it says of the format. An error that a later try may cure is given,
 * not thrown; a file that ACS does not have any more is a problem, and none to wait for.
 */
export async function saveMetadata(
  locations: FoundChunk["locations"],
  hold: ChunkHold,
): Promise<{ format?: string | undefined; error?: unknown }> {
  const blob = metadataName(hold.row);
  try {
    const kept = hold.row.metadata ? await readRecordingJson(blob) : undefined;
    if (kept) return { format: describeMetadata(kept).format };
    const { metadata } = chunkLocations(locations.documentId, locations);
    const file = await readAll((await openRecording(metadata)).body);
    const value = jsonObject(file);
    // A better answer may come, as long as there is time; then this is what ACS has.
    if (!value && !isPast(hold.row.deadline)) throw badMetadata("is not a JSON object");
    const written = await writeOnce("recordings", blob, file);
    await indexFile(blob, hold.row.recordingId, written);
    const told = value ? describeMetadata(value) : {};
    // What was erased must not be told again by ACS.
    if (written.tombstone === undefined) await noteParticipants(hold.row, told.participants);
    await hold.update({ metadata: blob });
    return { format: told.format };
  } catch (error) {
    if (error instanceof AcsEventsError && error.code === "ACS_EVENTS_CHUNK_LOST") throw error;
    if (!isGone(error) || !isPast(hold.row.deadline)) return { error };
    await raiseMetadataLost(hold.row);
    return {};
  }
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    parts.push(part);
    length += part.length;
    if (length > maxLength) throw badMetadata(`is longer than ${maxLength} bytes`);
  }
  return Buffer.concat(parts);
}

function badMetadata(what: string): AcsEventsError {
  const message = `The recording's metadata ${what}. It is fetched again.`;
  return new AcsEventsError("ACS_EVENTS_BAD_RECORDING_METADATA", message, { retryable: true });
}
