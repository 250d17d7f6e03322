// Tells the one who asked for it of a recording's state.
//
//   claim ──► POST ──► settle      again after a crash by the same message, or once it is dead; a failed try takes the claim back and is tried
//     └ insert-if-absent           again by the queue. The event's id is the same each time.
import type { InvocationContext } from "@azure/functions";
import { accept } from "../../events/accept.ts";
import { is } from "../../events/acsEvent.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { recordingStateChanged } from "../../events/recording/recordingStateChanged.ts";
import type { RelayJob } from "../../intake/jobs.ts";
import { readArchived } from "../../storage/archive.ts";
import { read, release, settle, type WorkKey } from "../../storage/ledger.ts";
import { raiseProblem } from "../../storage/problems.ts";
import { tell } from "../../telemetry/tell.ts";
import { resolveRecording } from "../resolveRecording.ts";
import { type RunRow, runKey } from "../rows.ts";
import { callbackTarget } from "./callbackTarget.ts";
import { claimJob } from "./claimJob.ts";

export type RelayRow = { state: string; owner: string; claimedAt: Date; event: string; status: number };

/** No answer within this many milliseconds is a failure to retry. */
const timeout = 30_000;

export const relayKey = (recordingId: string, state: string, identity: string): WorkKey => [
  "relay",
  recordingId,
  `${state}:${identity}`,
];

/** Handles a job of queue `recording-relays`. Throws when a retry may help. */
export async function relayRecordingState({ event: blob }: RelayJob, context: InvocationContext): Promise<void> {
  const event = accept(await readArchived(blob));
  if (!is(recordingStateChanged, event)) {
    throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", "The job's event is no state of a recording.");
  }
  const recordingId = await resolveRecording(event.data.recordingId);
  const run = await read<RunRow>(runKey(recordingId));
  if (!run?.row.relayTo) return tell(context, "nobody wants to be told");

  const work = relayKey(recordingId, event.data.state, event.identity);
  const owner = String(context.triggerMetadata?.id ?? context.invocationId);
  const claimed = { state: "claimed", owner, claimedAt: new Date(), event: blob, status: 0 };
  const { row, etag } = await claimJob<RelayRow>(work, claimed);
  if (row.state !== "claimed") return tell(context, `already ${row.state}`);
  if (row.owner !== owner) return tell(context, "another message relays this state");

  const status = await send(run.row.relayTo, event.raw).catch(async (error) => {
    await release(work, etag);
    throw error;
  });
  const relayed = status >= 200 && status < 300;
  if (!relayed) await raiseRefused(status, blob);
  await settle(work, etag, { state: relayed ? "relayed" : "refused", status });
  tell(context, relayed ? "relayed" : `refused with status ${status}`);
}

/** @returns a final answer: success, or a refusal that no retry mends; 0 for an address that is not allowed any more */
async function send(relayTo: string, event: unknown): Promise<number> {
  let target: URL;
  try {
    target = callbackTarget(relayTo);
  } catch {
    return 0;
  }
  const { status, body } = await fetch(target, {
    method: "POST",
    headers: { "content-type": "application/cloudevents+json; charset=utf-8" },
    body: JSON.stringify([event]),
    redirect: "manual",
    signal: AbortSignal.timeout(timeout),
  }).catch((cause) => {
    throw failed("did not answer", cause);
  });
  await body?.cancel();
  if (status >= 500 || status === 408 || status === 429) throw failed(`answered ${status}`);
  return status;
}

function failed(what: string, cause?: unknown): AcsEventsError {
  const message = `The receiver of a recording's state ${what}. It is told again.`;
  return new AcsEventsError("ACS_EVENTS_RELAY_FAILED", message, { retryable: true, cause });
}

function raiseRefused(status: number, event: string): Promise<void> {
  return raiseProblem({
    kind: "relayRefused",
    cause:
      status === 0
        ? "A recordingStateCallbackUri is not allowed any more"
        : `A recordingStateCallbackUri answered ${status}`,
    advice:
      "The recording's state was not relayed, and is not tried again. The address is in column relayTo of the recording's row `run`; its host must be in CALLBACK_HOSTS, and it must answer 2xx itself: redirects are not followed.",
    raw: event,
    source: { container: "events", blob: event },
  });
}
