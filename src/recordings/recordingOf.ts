// Which recording an event belongs to. ACS names a recording in its event, in the answer to our start, in neither, or differently
// in both: it is matched by equality, by the GUIDs within the id (aliases), by call and time, and by its chunks.
import type { EventOf } from "../events/acsEvent.ts";
import type { recordingFileStatusUpdated } from "../events/recording/recordingFileStatusUpdated.ts";
import { shortId } from "../storage/keys.ts";
import { claim, read, readAll } from "../storage/ledger.ts";
import { chunkIdOf } from "./chunkIdOf.ts";
import { resolveRecording } from "./resolveRecording.ts";
import { aboutKey, aliasKey, documentKey, runKey } from "./rows.ts";

/** How far the start that ACS reports may be from the start that was asked for here, in milliseconds. */
const sameStart = 60_000;

/** The id under which the recording's rows are; other ids of it become aliases. */
export async function recordingOf(event: EventOf<typeof recordingFileStatusUpdated>): Promise<string> {
  const { serverCallId, recordingStartTime, recordingStorageInfo } = event.data;
  const named = shortId(event.data.recordingId ?? "");
  const known = await resolveRecording(named);
  if (known !== named || (await read(runKey(named)))) return known;
  const wanted = (await startedHere(serverCallId, recordingStartTime)) ?? named;
  const owner = recordingStorageInfo.recordingChunks.length > 0 ? await ownerOf(chunkIdOf(event, 0), wanted) : wanted;
  // An id that has rows of its own keeps them.
  if (owner !== named && !(await read(aboutKey(named)))) await claim(aliasKey(named), { recordingId: owner });
  return owner;
}

/** To which recording a chunk belongs: the first that claimed it. */
export async function ownerOf(documentId: string, recordingId: string): Promise<string> {
  return (await claim(documentKey(documentId), { recordingId })).row.recordingId;
}

/** The recording that was started here in this call at about this time. */
async function startedHere(serverCallId: string | undefined, start: string | undefined): Promise<string | undefined> {
  const time = Date.parse(start ?? "");
  if (!serverCallId || Number.isNaN(time)) return undefined;
  let nearest: { recordingId: string; distance: number } | undefined;
  for await (const { row } of readAll<{ recordingId: string; startedAt: Date }>(["call", serverCallId])) {
    const distance = Math.abs(row.startedAt.getTime() - time);
    if (distance < (nearest?.distance ?? sameStart)) nearest = { recordingId: row.recordingId, distance };
  }
  return nearest?.recordingId;
}
