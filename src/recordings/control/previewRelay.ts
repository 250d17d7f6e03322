import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { recordingStateChanged } from "../../events/recording/recordingStateChanged.ts";
import type { JobPreview } from "../../intake/jobPreview.ts";
import { read } from "../../storage/ledger.ts";
import { resolveRecording } from "../resolveRecording.ts";
import { type RunRow, runKey } from "../rows.ts";
import { type RelayRow, relayKey } from "./relayRecordingState.ts";

/** What a job of queue `recording-relays` would do now. Nothing is written. */
export async function previewRelay(event: AcsEvent): Promise<JobPreview> {
  if (!is(recordingStateChanged, event)) return { done: false, says: "the event is no state of a recording" };
  const recordingId = await resolveRecording(event.data.recordingId);
  if (!(await read<RunRow>(runKey(recordingId)))?.row.relayTo) return { done: true, says: "nobody wants to be told" };
  const row = (await read<RelayRow>(relayKey(recordingId, event.data.state, event.identity)))?.row;
  if (row && row.state !== "claimed") return { done: true, says: `the state is ${row.state}` };
  return { done: false, says: "the state is relayed" };
}
