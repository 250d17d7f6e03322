import { namesIn } from "../events/callName.ts";
import { person } from "../events/entities.ts";
import { participantRows } from "../recordings/archiving/noteParticipants.ts";
import { listedRow } from "../recordings/becomeKnown.ts";
import { countState } from "../recordings/countState.ts";
import { manifestName, readManifest } from "../recordings/manifest/readManifest.ts";
import { type RecordingRows, readRows } from "../recordings/readRows.ts";
import { type ChunkRow, type ChunkState, chunkKey, finalStates, openKey, partitionOf } from "../recordings/rows.ts";
import { callRecordings } from "../recordings/serving/callRecordings.ts";
import { changeRow } from "../storage/changeRow.ts";
import { deleteRows } from "../storage/deleteRows.ts";
import { deleteWhole } from "../storage/deleteWhole.ts";
import { tableKey } from "../storage/keys.ts";
import { read, readAll } from "../storage/ledger.ts";
import { listRows } from "../storage/listRows.ts";
import { tombstoneOf } from "../storage/tombstoneOf.ts";
import type { ArrivedRow } from "../storage/walkArrived.ts";
import { endArrived } from "./endEvent.ts";
import type { Limit } from "./limits.ts";
import type { Outcome, Work } from "./work.ts";

/**
 * Ends a file of a recording, and before that the recording, when the last of its chunks is old enough; each file goes with the day on which
 * it arrived. The chunks stay in the ledger, without anything but their ids and the state `ended`: an event that announces them again fetches nothing.
 */
export async function endRecordingFile(work: Work, row: ArrivedRow, limit: Limit): Promise<Outcome> {
  const { recordingId = "" } = row;
  const rows = recordingId ? await readRows(recordingId) : undefined;
  const left = rows?.chunks.some(({ row: chunk }) => chunk.state !== "ended") ?? false;
  if (rows && left) {
    const kept = await whyKept(work, recordingId, rows, limit);
    if (kept) return kept;
  }
  await work.tell(row.kind, row.storedAt, limit);
  if (rows) await endRecording(recordingId, rows);
  if ((await tombstoneOf("recordings", row.blob)) === undefined) await deleteWhole("recordings", row.blob);
  await endArrived(row);
  return "ended";
}

async function whyKept(
  work: Work,
  recordingId: string,
  { chunks, run }: RecordingRows,
  limit: Limit,
): Promise<Outcome | undefined> {
  if (chunks.some(({ row }) => !finalStates.has(row.state)) || (run && !run.row.stoppedAt)) return "unsettled";
  if (chunks.some(({ row }) => (row.archivedAt?.getTime() ?? 0) >= limit.before)) return "unsettled";
  if (await read(openKey(recordingId))) return "unsettled";
  const names = namesIn({ data: { ...(await callRecordings.callOf(recordingId)) } });
  const people = ((await readManifest(recordingId))?.value?.participants ?? []).flatMap(
    ({ participantId }) => person(participantId) ?? [],
  );
  const held = await work.held();
  return held.ofRecording(recordingId, names, people) === undefined ? undefined : "held";
}

async function endRecording(recordingId: string, { about, chunks }: RecordingRows): Promise<void> {
  const startedAt = about?.startedAt;
  const participants = (await readManifest(recordingId))?.value?.participants;
  for (const { row } of chunks) await endChunk(row);
  const told = [
    ...(startedAt ? [listedRow(recordingId, startedAt)] : []),
    ...(startedAt ? participantRows(recordingId, startedAt, participants) : []),
    ...(await operationRows(recordingId)),
  ];
  await deleteRows("timeline", told);
  await deleteWhole("recordings", manifestName(recordingId));
  const partitionKey = tableKey(partitionOf(recordingId).join(":"));
  const ledger: { partitionKey: string; rowKey: string }[] = [];
  for await (const { rowKey } of readAll(partitionOf(recordingId))) {
    if (!rowKey.startsWith("chunk:")) ledger.push({ partitionKey, rowKey });
  }
  await deleteRows("ledger", ledger);
}

async function endChunk({ recordingId, documentId, state }: ChunkRow): Promise<void> {
  if (state === "registered") return;
  let before: ChunkState | undefined;
  await changeRow<ChunkRow>(chunkKey(recordingId, documentId), (now) => {
    before = now?.state;
    if (!now || now.state === "ended") return undefined;
    const nothing = {
      contentLocation: "",
      metadataLocation: "",
      deleteLocation: "",
      blob: "",
      metadata: "",
      sha256: "",
    };
    return { ...nothing, state: "ended", errorCode: "" };
  });
  if (before) countState("ended", before);
}

/** What was done with the recording through this app; the events in its timeline go by themselves. */
async function operationRows(recordingId: string) {
  const partitionKey = tableKey(`recording:${recordingId}`);
  const found: { partitionKey: string; rowKey: string }[] = [];
  const filter = `PartitionKey eq '${partitionKey.replaceAll("'", "''")}'`;
  for await (const { blob, rowKey = "" } of listRows<{ blob?: string }>("timeline", filter)) {
    if (blob === undefined) found.push({ partitionKey, rowKey });
  }
  return found;
}
