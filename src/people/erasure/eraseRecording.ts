// What becomes of a recording that the person took part in. One of the person alone goes; one that others are in stays without the person's
// name, or goes as well (ERASE_SHARED_RECORDINGS). A voice cannot be taken out of a recording.

import { hash } from "node:crypto";
import { findCall } from "../../calls/record/findCall.ts";
import { settingOrDefault } from "../../config.ts";
import { namesIn } from "../../events/callName.ts";
import { metadataName } from "../../recordings/archiving/chunkName.ts";
import { readRows } from "../../recordings/readRows.ts";
import { type ChunkRow, finalStates } from "../../recordings/rows.ts";
import { callRecordings } from "../../recordings/serving/callRecordings.ts";
import { replaceErased } from "../../storage/replaceErased.ts";
import { stubOf } from "../../storage/stub.ts";
import { tombstoneOf } from "../../storage/tombstoneOf.ts";
import { endChunk } from "./endChunkOf.ts";
import { eraseManifest } from "./eraseManifest.ts";
import { othersRecorded } from "./othersRecorded.ts";
import { readEvents } from "./readEvents.ts";
import { redactJsonBlob } from "./redactJsonBlob.ts";
import { count, keep, othersIn, unknownPerson, type Work } from "./work.ts";

/** Events of a call that are read together. */
const atOnce = 32;

/** @param recordingId as it is kept */
export async function eraseRecording(work: Work, recordingId: string): Promise<void> {
  const rows = await readRows(recordingId);
  const chunks = (rows?.chunks ?? []).map(({ row }) => row);
  const open = chunks.filter(({ state }) => state !== "erased");
  // Ended by somebody who did not come as far as their files.
  const halfDone: ChunkRow[] = [];
  for (const row of chunks) if (row.state === "erased" && (await hasFiles(row))) halfDone.push(row);
  if (open.length === 0 && halfDone.length === 0) return eraseManifest(work, recordingId, chunks.length > 0);
  const { names, others } = await aboutCall(work, recordingId);
  const hold = work.held.ofRecording(recordingId, names, [...others, ...work.finder.subject.entities]);
  if (hold) return keep(work, hold);
  for (const row of halfDone) await eraseChunk(work, row);
  if (open.length === 0) return eraseManifest(work, recordingId, true);
  const alone = others.length === 0;
  if (alone || settingOrDefault("ERASE_SHARED_RECORDINGS") === "delete") {
    for (const row of open) await eraseChunk(work, row);
    count(work, "recordings erased");
    return eraseManifest(work, recordingId, true);
  }
  for (const row of open) if (row.metadata) await redactJsonBlob(work, "recordings", row.metadata);
  const unknown = others.every((other) => other === unknownPerson);
  count(work, unknown ? "recordings kept, as nobody knows who else is in them" : "recordings redacted");
  await eraseManifest(work, recordingId, false);
}

/** The names of the recording's call, and who else was in it or in the recording. */
async function aboutCall(work: Work, recordingId: string) {
  const others = new Set(await othersRecorded(work, recordingId));
  const [name] = namesIn({ data: { ...(await callRecordings.callOf(recordingId)) } });
  const found = name && (await findCall(name, callRecordings));
  const blobs = (found?.rows ?? []).flatMap(({ blob }) => (blob === undefined ? [] : [blob]));
  const unknown = () => void others.add(unknownPerson);
  if (found?.cut) unknown();
  for (let at = 0; at < blobs.length; at += atOnce) {
    for (const event of await readEvents(blobs.slice(at, at + atOnce), unknown)) {
      for (const entity of await othersIn(event, work.finder)) others.add(entity);
    }
  }
  return { names: found?.names ?? [], others: [...others] };
}

/** The blobs of a chunk that are not stubs: in none of them a tombstone stands, or they are not there to keep others from writing them. */
async function hasFiles({ blob, metadata }: ChunkRow): Promise<boolean> {
  for (const name of [blob, metadata]) {
    if (name && (await tombstoneOf("recordings", name)) === undefined) return true;
  }
  return false;
}

async function eraseChunk(work: Work, { state, ...known }: ChunkRow): Promise<void> {
  if (state === "registered") return count(work, "chunks in your own storage, which the app does not touch");
  // Its row first: a copy that is being made of it stops, and its files have their names.
  const row = (await endChunk({ state, ...known })) ?? known;
  // Metadata is written before its row tells of it.
  const metadata = row.metadata ?? (finalStates.has(state) ? undefined : metadataName(row));
  const content = stubOf(work.id);
  const after = hash("sha256", content);
  const blobs = [
    ...(row.blob ? [{ blob: row.blob, before: row.sha256 || undefined }] : []),
    ...(metadata ? [{ blob: metadata, before: undefined }] : []),
  ];
  const objects = blobs.map(({ blob, before }) => ({ blob, ...(before && { before }), after }));
  await work.note(objects.map((object) => ({ container: "recordings", done: "erased", ...object })));
  for (const { blob, before } of blobs) {
    await replaceErased("recordings", blob, { tombstone: work.id, content, before });
  }
  count(work, "recording files erased");
}
