// Writes into the ledger what a RecordingFileStatusUpdated event announces, before any of it is fetched: from then on a chunk that
// does not arrive is missed, whatever becomes of its job.

import { Semaphore } from "async-mutex";
import { settingOrDefault } from "../config.ts";
import { type AcsEvent, type EventOf, is } from "../events/acsEvent.ts";
import { defined } from "../events/defined.ts";
import { recordingFileStatusUpdated } from "../events/recording/recordingFileStatusUpdated.ts";
import { maxJobs } from "../intake/maxJobs.ts";
import { claim, put } from "../storage/ledger.ts";
import { announceAgain } from "./announceAgain.ts";
import { becomeKnown } from "./becomeKnown.ts";
import { chunkIdOf } from "./chunkIdOf.ts";
import { countState } from "./countState.ts";
import { inOwnStorage } from "./inOwnStorage.ts";
import { ownerOf, recordingOf } from "./recordingOf.ts";
import { type ChunkRow, chunkKey, type EventRow, eventKey } from "./rows.ts";

type Announced = EventOf<typeof recordingFileStatusUpdated>;

/** Chunks of one event that are written at once. */
const places = new Semaphore(8);

/** Announces the chunks of an event; anything but a RecordingFileStatusUpdated announces nothing. Doing it again changes nothing. */
export async function announceRecording(event: AcsEvent, blob: string): Promise<void> {
  if (!is(recordingFileStatusUpdated, event)) return;
  const now = new Date();
  const recordingId = await recordingOf(event);
  await put(eventKey(recordingId, event.identity), eventRow(event, blob));
  const chunks = event.data.recordingStorageInfo.recordingChunks.slice(0, maxJobs);
  await Promise.all(
    chunks.map((_, position) =>
      places.runExclusive(async () => {
        const documentId = chunkIdOf(event, position);
        const owner = await ownerOf(documentId, recordingId);
        const row = chunkRow(event, position, { recordingId: owner, event: blob, announcedAt: now });
        const held = await claim(chunkKey(owner, documentId), row);
        if (held.won) countState(row.state);
        else await announceAgain(held, row);
        if (owner !== recordingId) await becomeKnown(owner, now);
      }),
    ),
  );
  const startedAt = timeOf(event.data.recordingStartTime) ?? timeOf(event.time) ?? now;
  await becomeKnown(recordingId, startedAt);
}

function eventRow({ data, id, time }: Announced, event: string): EventRow {
  return asColumns({
    event,
    eventId: id ?? undefined,
    time: time ?? undefined,
    callId: data.callId,
    serverCallId: data.serverCallId,
    recordingStartTime: data.recordingStartTime,
    recordingDurationMs: data.recordingDurationMs,
    contentType: data.recordingContentType,
    channelType: data.recordingChannelType,
    sessionEndReason: data.sessionEndReason,
    storageType: data.storageType,
  });
}

function chunkRow(
  event: Announced,
  position: number,
  known: Pick<ChunkRow, "recordingId" | "event" | "announcedAt">,
): ChunkRow {
  const { recordingStorageInfo, recordingFormatType, storageType } = event.data;
  const chunk = recordingStorageInfo.recordingChunks[position] ?? {};
  return asColumns({
    ...known,
    state: inOwnStorage(storageType, chunk.contentLocation) ? "registered" : "announced",
    documentId: chunkIdOf(event, position),
    index: chunk.index ?? position,
    position,
    endReason: chunk.endReason,
    contentLocation: chunk.contentLocation,
    metadataLocation: chunk.metadataLocation,
    deleteLocation: chunk.deleteLocation,
    announcedFormat: recordingFormatType,
    deadline: new Date(endOf(event, known.announcedAt) + settingOrDefault("RECORDING_WINDOW_HOURS")),
    attempts: 0,
    turn: 0,
  });
}

/** When the recording ended (ms since 1970), as far as the event says so. A time in the future is no end. */
function endOf({ data, time }: Announced, now: Date): number {
  const start = timeOf(data.recordingStartTime)?.getTime();
  const said = start === undefined ? timeOf(time)?.getTime() : start + (data.recordingDurationMs ?? 0);
  return Math.min(said ?? now.getTime(), now.getTime());
}

function timeOf(text: string | null | undefined): Date | undefined {
  const time = new Date(text ?? "");
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 2000 ? undefined : time;
}

/** Columns as a table takes them: none undefined, and no text longer than any that ACS sends. */
function asColumns<T extends object>(columns: T): T {
  const short = (value: unknown) => (typeof value === "string" ? value.slice(0, 8_000) : value);
  return Object.fromEntries(Object.entries(defined(columns)).map(([name, value]) => [name, short(value)])) as T;
}
