// Starts one recording in a call, however often and by however many it is asked.
//
//   claim running:{locator} ──► open:start ──► ask ACS ──────────► settle ─────► note, and open:start goes
//     │ insert-if-absent            │              │ repeatability id  │ recordingId  │ run, aliases, timeline, list: all from the claim
//     │                             │              │ of the claim      │              └ crash before its end: the sweep notes it
//     │                             │              └ crash here: ACS's callback names the start, and completes it; or the next
//     │                             │                request finds the claim without recordingId, asks the same with the same
//     │                             │                repeatability id, and gets that recording
//     │                             └ from here on the sweep tells of a start that nobody heard of again
//     └ there is one: if ACS still knows its recording, that is the answer; if not (404), the claim is taken over

import { type RecordingState, recordingState, startRecording as startAtAcs } from "../../acs/callRecording.ts";
import { setting } from "../../config.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { shortId } from "../../storage/keys.ts";
import { type Claim, claim, type Held, lostRace, put, read, settle } from "../../storage/ledger.ts";
import { changeRun } from "./changeRun.ts";
import { noteStart } from "./noteStart.ts";
import { noteOperation } from "./operations.ts";
import {
  closeStart,
  locatorKey,
  type RunningRow,
  releaseRunning,
  releaseUnlessChanged,
  runningKey,
  type StartRow,
  startId,
  startKey,
} from "./running.ts";
import { runningInCall } from "./runningInCall.ts";
import type { StartOrder } from "./startOrder.ts";

/** How long, in milliseconds, a start without an answer is repeated as it was by whoever asks for one. */
const repeatedWithin = 10 * 60_000;

export interface Started {
  recordingId: string;
  recordingState: RecordingState;
  /** That of this request. */
  operationContext?: string;
  /** Another request started it. */
  alreadyRunning?: true;
}

/**
 * Starts a recording, or gives the one that runs in the call.
 * @throws AcsEventsError as callRecordingError says: ACS_EVENTS_ALREADY_RECORDING (409) for a recording that is not ours
 */
export async function startRecording(order: StartOrder): Promise<Started> {
  const locator = locatorKey(order.locator);
  const running = order.locator.kind === "serverCallId" && (await runningInCall(order.locator.id));
  if (running) {
    const joined = await join(running, order);
    if (joined) return joined;
  }
  for (;;) {
    const fresh = { claimedAt: new Date(), order: JSON.stringify(order), recordingId: "" };
    const held = await claim<RunningRow>(runningKey(locator), fresh);
    if (isForgotten(held.row)) {
      await releaseUnlessChanged(locator, held.etag);
      continue;
    }
    const recordingId = held.row.recordingId || (await begin(locator, held));
    if (!recordingId) continue;
    await noteStart(locator, { ...held.row, recordingId });
    const { operationContext, recording } = JSON.parse(held.row.order) as StartOrder;
    const told = { recordingId, ...(operationContext && { operationContext }) };
    if (held.won) return { ...told, recordingState: recording.pauseOnStart ? "inactive" : "active" };
    const joined = await join(recordingId, order);
    if (joined) return joined;
    await releaseRunning(locator, recordingId);
  }
}

/** Takes part in a recording that another request started, and keeps who asked for it; undefined when ACS does not know it any more. */
async function join(
  recordingId: string,
  { operationContext, consent, relayTo }: StartOrder,
): Promise<Started | undefined> {
  const state = await stateOf(recordingId);
  if (!state) return undefined;
  const id = shortId(recordingId);
  const told = operationContext ? { operationContext } : {};
  const time = new Date().toISOString();
  await noteOperation(id, { operation: "startedAgain", time, ...told, ...(consent && { consent }) });
  if (relayTo) await changeRun(id, (run) => ({ relayTo: run.relayTo || relayTo }));
  return { recordingId, recordingState: state, ...told, alreadyRunning: true };
}

/**
 * A start that was never answered, so long ago that whoever asks now asks for something else: another's consent and formats must
 * not be taken for theirs. If it did begin a recording that still runs, ACS says so.
 */
function isForgotten({ recordingId, claimedAt }: RunningRow): boolean {
  return !recordingId && Date.now() - claimedAt.getTime() > repeatedWithin;
}

/** Asks ACS for the recording of a claim, and keeps its id with the claim; undefined when another's claim came to nothing. */
async function begin(locator: string, held: Claim<RunningRow>): Promise<string | undefined> {
  const { claimedAt, order } = held.row;
  const { locator: call, recording } = JSON.parse(order) as StartOrder;
  const id = startId(locator, held.row);
  const opened: StartRow = { locator, since: claimedAt };
  await put(startKey(id), opened);
  try {
    const base = setting("PUBLIC_BASE_URL");
    const { recordingId } = await startAtAcs({
      ...recording,
      locator: call,
      ...(base && { callbackUri: `${base}/api/callbacks/recording?start=${id}` }),
      repeatability: { id, firstSent: claimedAt },
    });
    await keepId(locator, held, recordingId);
    return recordingId;
  } catch (error) {
    if (error instanceof AcsEventsError && error.code === "ACS_EVENTS_ALREADY_RECORDING") {
      const now = await read<RunningRow>(runningKey(locator));
      if (now?.row.recordingId) return now.row.recordingId;
    }
    if (provesNothingStarted(error, held.won)) {
      await releaseUnlessChanged(locator, held.etag);
      if (!held.won) return undefined;
      await closeStart(id);
    }
    throw error;
  }
}

/**
 * Keeps the recording's id with the claim. Another request, or the callback, may have written it: ACS gives one id for one
 * repeatability id. Or another request was answered 404, and took the claim back or over: then the recording that runs gets one.
 */
async function keepId(locator: string, claimed: Held<RunningRow>, recordingId: string): Promise<void> {
  for (let { etag } = claimed; ; ) {
    try {
      await settle(runningKey(locator), etag, { recordingId });
      return;
    } catch (error) {
      if (!lostRace(error)) throw error;
    }
    const now = await claim<RunningRow>(runningKey(locator), { ...claimed.row, recordingId });
    if (now.won || now.row.recordingId) return;
    etag = now.etag;
  }
}

/**
 * ACS refused, or was not asked. A time-out (408), a 5xx and a broken connection may come after the recording began; and when an
 * earlier request may have begun it, only a call that ACS does not know is proof.
 */
function provesNothingStarted(error: unknown, firstAttempt: boolean): boolean {
  if (!(error instanceof AcsEventsError)) return false;
  const { code, status } = error;
  if (!firstAttempt) return status === 400 || status === 404;
  if (status === undefined) return code !== "ACS_EVENTS_RECORDING_CONTROL_UNAVAILABLE";
  return status >= 400 && status < 500 && status !== 408;
}

/** undefined: ACS does not know it any more. */
async function stateOf(recordingId: string): Promise<RecordingState | undefined> {
  try {
    return await recordingState(recordingId);
  } catch (error) {
    if (error instanceof AcsEventsError && error.status === 404) return undefined;
    throw error;
  }
}
