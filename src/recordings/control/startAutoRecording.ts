// Starts the recording of a call that has just begun (AUTO_RECORD), once in the life of the call.
//
//   claim autoRecord:{call} ──► start ──► settle     for ever: a CallStarted that comes again after a stop starts nothing.
//     │ insert-if-absent          └ crash or error here: the queue gives the job again; a recording that was started in the call is it
//     └ claimed by another message: that one is tried until it is done or poisoned; after that its claim is taken over (claimJob.ts)
//
// By two names of the call (claimAutoRecord.ts).
import type { InvocationContext } from "@azure/functions";
import { setting } from "../../config.ts";
import { accept } from "../../events/accept.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { callToRecord } from "../../intake/callToRecord.ts";
import type { RecordingStartJob } from "../../intake/jobs.ts";
import { readArchived } from "../../storage/archive.ts";
import { readAll } from "../../storage/ledger.ts";
import { raiseProblem } from "../../storage/problems.ts";
import { tell } from "../../telemetry/tell.ts";
import { autoRecordKeys } from "./autoRecordRow.ts";
import { claimAutoRecord, type Outcome, refused } from "./claimAutoRecord.ts";
import { mayAutoRecord } from "./mayAutoRecord.ts";
import { startRecording } from "./startRecording.ts";

/** A call of which ACS knows nothing so long after its start (milliseconds) has ended, which is no problem. */
const callMayHaveEnded = 10 * 60_000;

/** Handles a job of queue `recording-starts`. Throws when a retry may help: storage or ACS down, a setting missing. */
export async function startAutoRecording(
  { event: blob }: RecordingStartJob,
  context: InvocationContext,
): Promise<void> {
  const event = accept(await readArchived(blob));
  const serverCallId = callToRecord(event, setting("AUTO_RECORD"));
  if (!serverCallId) return tell(context, "no recording: AUTO_RECORD does not ask for it");
  const consent = setting("AUTO_RECORD_CONSENT");
  if (!mayAutoRecord()) return raiseNoConsent();

  const owner = String(context.triggerMetadata?.id ?? context.invocationId);
  const fresh = { state: "claimed", owner, claimedAt: new Date(), event: blob, recordingId: "", serverCallId };
  const claimed = await claimAutoRecord(autoRecordKeys(event, serverCallId), fresh);
  if (typeof claimed === "string") return tell(context, claimed);
  try {
    const outcome = (await startedIn(serverCallId)) ?? (await start(serverCallId, consent, { blob, time: event.time }));
    await claimed.end(outcome);
    tell(context, outcome.state);
  } catch (error) {
    await claimed.giveBack();
    throw error;
  }
}

async function start(
  serverCallId: string,
  consent: string,
  { blob, time }: { blob: string; time: string | null },
): Promise<Outcome> {
  try {
    const { recordingId } = await startRecording({
      locator: { kind: "serverCallId", id: serverCallId },
      recording: {},
      operationContext: "auto-record",
      relayTo: "",
      consent,
    });
    return { state: "started", recordingId };
  } catch (error) {
    if (!(error instanceof AcsEventsError) || error.retryable) throw error;
    // Somebody else records the call.
    if (error.code === "ACS_EVENTS_ALREADY_RECORDING") return { state: "recorded elsewhere", recordingId: "" };
    if (!(Date.now() - Date.parse(time ?? "") > callMayHaveEnded)) await raiseFailed(error, blob);
    return { state: refused, recordingId: "" };
  }
}

/** A recording that was started here in the call before: by the run that crashed, or by anyone else. */
async function startedIn(serverCallId: string): Promise<Outcome | undefined> {
  for await (const { row } of readAll<{ recordingId: string; startedAt: Date }>(["call", serverCallId])) {
    return { state: "started", recordingId: row.recordingId };
  }
  return undefined;
}

function raiseNoConsent(): Promise<void> {
  return raiseProblem({
    kind: "autoRecordConsent",
    cause: "AUTO_RECORD records no call, because nobody asserts consent",
    advice:
      "Set AUTO_RECORD_CONSENT to who asserts the consent of all participants, or AUTO_RECORD to off; docs/consent.md says what it means. Calls until then are not recorded.",
    raw: "AUTO_RECORD_CONSENT",
  });
}

function raiseFailed({ code, status, message }: AcsEventsError, event: string): Promise<void> {
  return raiseProblem({
    kind: "autoRecordFailed",
    cause: `A call is not recorded: ${code}${status === undefined ? "" : ` (${status})`}`,
    advice: `${message} POST /api/recordings starts a recording by hand while the call lasts.`,
    raw: event,
    source: { container: "events", blob: event },
  });
}
