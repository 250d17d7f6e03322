// What a call's record shows of recordings.

import { defined } from "../../events/defined.ts";
import { readAll } from "../../storage/ledger.ts";
import { type Operation, operationsOf } from "../control/operations.ts";
import { detailsOf } from "../manifest/detailsOf.ts";
import { foldManifest } from "../manifest/foldManifest.ts";
import { readManifest } from "../manifest/readManifest.ts";
import { readRows } from "../readRows.ts";
import { resolveRecording } from "../resolveRecording.ts";
import type { RunRow } from "../rows.ts";

/** Ids of the recordings that were started here in a call. */
async function startedIn(serverCallId: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { row } of readAll<{ recordingId: string }>(["call", serverCallId])) found.push(row.recordingId);
  return found;
}

/** The call that a recording belongs to, by any id of the recording; undefined for an unknown one. */
async function callOf(id: string) {
  const recordingId = await resolveRecording(id);
  const rows = await readRows(recordingId);
  if (!rows) return undefined;
  const { callId, serverCallId } = foldManifest(recordingId, rows, new Map());
  return { recordingId, ...defined({ callId, serverCallId }) };
}

/** A recording as its call shows it. @param recordingId as callOf gives it */
async function show(recordingId: string) {
  const [rows, manifest, operations] = await Promise.all([
    readRows(recordingId),
    readManifest(recordingId),
    operationsOf(recordingId),
  ]);
  if (!rows) return undefined;
  const folded = foldManifest(recordingId, rows, await detailsOf(rows.chunks, manifest?.value));
  return {
    recordingId,
    state: rows.events.length > 0 ? folded.state : stateOf(rows.run?.row),
    ...defined({
      startedAt: folded.recordingStartTime ?? rows.about?.startedAt.toISOString(),
      durationMs: folded.recordingDurationMs,
      contentType: folded.contentType,
      channelType: folded.channelType,
    }),
    pauses: folded.pauses.length > 0 ? folded.pauses : pausesOf(operations),
    link: `/api/recordings/${encodeURIComponent(recordingId)}`,
  };
}

function stateOf(run: RunRow | undefined): "incomplete" | "stopped" | "paused" | "recording" {
  if (!run) return "incomplete";
  if (run.stoppedAt) return "stopped";
  return run.pausedAt ? "paused" : "recording";
}

/** The pauses that were asked for here, until the metadata of the recording says more exactly. */
function pausesOf(operations: readonly Operation[]): { startTime: string; duration?: number }[] {
  const pauses: { startTime: string; duration?: number }[] = [];
  for (const { operation, time } of operations) {
    const open = pauses.at(-1);
    const paused = open !== undefined && open.duration === undefined;
    if (operation === "paused" && !paused) pauses.push({ startTime: time });
    if ((operation === "resumed" || operation === "stopped") && paused) {
      open.duration = Date.parse(time) - Date.parse(open.startTime);
    }
  }
  return pauses;
}

/** What calls ask of recordings. */
export const callRecordings = { startedIn, callOf, show };
