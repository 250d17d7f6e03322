import { AcsEventsError } from "../../events/errors.ts";
import { shortId } from "../../storage/keys.ts";
import { type Held, read } from "../../storage/ledger.ts";
import { type RecordingRows, readRows } from "../readRows.ts";
import { resolveRecording } from "../resolveRecording.ts";
import { type ChunkRow, chunkKey, documentKey, savedStates } from "../rows.ts";

type Found = RecordingRows & { recordingId: string };

/** An id from a path. The real host leaves an encoded slash as it is, unlike all else. */
const fromPath = (id: string) => id.replace(/%2f/gi, "/");

/** What the ledger knows of a recording, by any of its ids. @throws AcsEventsError ACS_EVENTS_UNKNOWN_RECORDING (404) */
export async function findRecording(id: string): Promise<Found> {
  const recordingId = await resolveRecording(fromPath(id));
  const rows = await readRows(recordingId);
  if (!rows) throw unknown("recordingId", "No recording has this recordingId. GET /api/recordings lists them.");
  return { ...rows, recordingId };
}

/** The chunk of a recording with this index; of several the one that is saved. @throws AcsEventsError as above */
export async function findChunk(id: string, index: string): Promise<Held<ChunkRow>> {
  const { chunks } = await findRecording(id);
  const found = chunks.filter(({ row }) => String(row.index) === index);
  const chunk = found.find(({ row }) => savedStates.has(row.state)) ?? found[0];
  if (!chunk) {
    throw unknown("index", "The recording has no chunk with this index. GET /api/recordings/{recordingId} lists them.");
  }
  return chunk;
}

/** The chunk with this documentId. @throws AcsEventsError as above */
export async function findDocument(id: string): Promise<Held<ChunkRow>> {
  const documentId = shortId(fromPath(id));
  const owner = await read<{ recordingId: string }>(documentKey(documentId));
  const chunk = owner && (await read<ChunkRow>(chunkKey(owner.row.recordingId, documentId)));
  if (!chunk) {
    const message = "No RecordingFileStatusUpdated event with this documentId came here. Take it from such an event.";
    throw unknown("documentId", message);
  }
  return chunk;
}

function unknown(target: string, message: string): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_UNKNOWN_RECORDING", message, { status: 404, target });
}
