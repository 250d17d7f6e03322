// What a callback tells of a recording that was started here: its call, and, after a crash, its id.
import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { recordingStateChanged } from "../../events/recording/recordingStateChanged.ts";
import { lostRace, read, settle } from "../../storage/ledger.ts";
import { resolveRecording } from "../resolveRecording.ts";
import { type RunRow, runKey } from "../rows.ts";
import { changeRun } from "./changeRun.ts";
import { noteCall, noteStart } from "./noteStart.ts";
import { type RunningRow, runningKey, type StartRow, startId, startKey } from "./running.ts";

/**
 * Takes note of a callback; again changes nothing. Any other event is passed over.
 * @param start the id of the start that the callback's address named
 */
export async function noteState(event: AcsEvent, start: string | null): Promise<void> {
  if (!is(recordingStateChanged, event)) return;
  const { recordingId, serverCallId } = event.data;
  const id = await resolveRecording(recordingId);
  if (start && !(await read<RunRow>(runKey(id)))) await completeStart(start, recordingId);
  if (!serverCallId) return;
  const run = await changeRun(id, (known) => ({ serverCallId: known.serverCallId || serverCallId }));
  if (run) await noteCall(serverCallId, id, run.startedAt);
}

/** Completes a start that got no further than its claim: it crashed, or ACS's answer is on the way. */
async function completeStart(start: string, recordingId: string): Promise<void> {
  const locator = (await read<StartRow>(startKey(start)))?.row.locator;
  const held = locator === undefined ? undefined : await read<RunningRow>(runningKey(locator));
  if (locator === undefined || !held || startId(locator, held.row) !== start) return;
  if (!held.row.recordingId) {
    await settle(runningKey(locator), held.etag, { recordingId }).catch((error) => {
      if (!lostRace(error)) throw error;
    });
  }
  await noteStart(locator, { ...held.row, recordingId: held.row.recordingId || recordingId });
}
