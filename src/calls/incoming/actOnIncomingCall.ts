// Does what the owner's rules say with a call that rings, once, however often its event comes.
//
//   decide ──► claim ──► redirect, reject or answer ──► settle
//                │ insert-if-absent, under a hash of the call's context
//                └ claimed before: what that claim decided is asked of ACS again, with its repeatability id, while the call rings; a
//                  crash or a silence between claim and settle is mended so, and ACS does it once
import { setting, settingIsValid } from "../../config.ts";
import { type AcsEvent, type EventOf, is } from "../../events/acsEvent.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { incomingCall } from "../../events/incomingCall/incomingCall.ts";
import { changeRow } from "../../storage/changeRow.ts";
import { shortId } from "../../storage/keys.ts";
import { type Claim, claim, lostRace, settle, type WorkKey } from "../../storage/ledger.ts";
import { type CallRow, callKey } from "./callRow.ts";
import { carryOut } from "./carryOut.ts";
import { type CallAction, decideIncomingCall } from "./decideIncomingCall.ts";
import { raiseFailed, resolveFailed } from "./incomingCallProblem.ts";
import type { IncomingCalls } from "./incomingCalls.ts";
import { loadIncomingCalls } from "./loadIncomingCalls.ts";
import { ringingCall } from "./ringingCall.ts";

type Ringing = EventOf<typeof incomingCall>;

/**
 * How long a call rings (milliseconds), and how long Event Grid waits before it delivers again.
 * https://learn.microsoft.com/azure/communication-services/concepts/call-automation/incoming-call-notification
 * https://learn.microsoft.com/azure/event-grid/delivery-and-retry
 */
const [ringing, redelivery] = [30_000, 10_000];

/** What this process is at: deliveries of one call that meet here are one. */
const running = new Map<string, Promise<string>>();

/**
 * Acts on an IncomingCall event; any other is passed over.
 * @param signal ends what is asked of ACS
 * @returns what became of the call, for the log; it names nobody
 * @throws what a redelivery may cure while the call rings
 */
export async function actOnIncomingCall(event: AcsEvent, blob: string, signal: AbortSignal): Promise<string> {
  if (!is(incomingCall, event)) return "no incoming call";
  // With an invalid setting the call is taken on, fails and becomes a problem.
  if (settingIsValid("INCOMING_CALLS") && !setting("INCOMING_CALLS")) return "INCOMING_CALLS is off";
  const work = callKey(event.data.incomingCallContext);
  const call = work.join(":");
  const acting = running.get(call) ?? act(event, blob, work, signal).finally(() => running.delete(call));
  running.set(call, acting);
  return acting;
}

async function act(event: Ringing, blob: string, work: WorkKey, signal: AbortSignal): Promise<string> {
  const claimed = await claim<CallRow>(work, await firstRow(event, blob));
  const { row, won } = claimed;
  if (row.state !== "claimed") return `${won ? "" : "already "}${row.state}${row.reason && `: ${row.reason}`}`;
  if (!rings(event)) {
    const reason = row.reason || "whether ACS carried it out is not known: the app ended meanwhile";
    await raiseFailed(row, reason, blob);
    return settled(work, claimed, { state: "failed", reason });
  }
  try {
    const done = await carryOut(row, {
      ...{ context: event.data.incomingCallContext, work },
      signal: AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, left(event)))]),
    });
    const outcome = await settled(work, claimed, { ...done, reason: "" });
    // Also one that another process raised, or this one before it was cut off.
    await resolveFailed(row, blob);
    return outcome;
  } catch (error) {
    if (!(error instanceof AcsEventsError)) throw error;
    await raiseFailed(row, error.message, blob);
    const again = error.code === "ACS_EVENTS_INCOMING_CALL_UNAVAILABLE" && rings(event, redelivery);
    const failed = { reason: `${error.code} ${error.message}`, attempts: row.attempts + 1 };
    const outcome = await settled(work, claimed, again ? failed : { ...failed, state: "failed" });
    if (again) throw error;
    return outcome;
  }
}

/** The row of a call that nobody took on before. */
async function firstRow(event: Ringing, blob: string): Promise<CallRow> {
  const row = {
    ...{ reason: "", rule: "", action: "", attempts: 0, callConnectionId: "", claimedAt: new Date() },
    ...{ event: blob, serverCallId: shortId(event.data.serverCallId ?? "") },
  };
  if (!rings(event)) return { ...row, state: "late", reason: event.time === null ? "its event has no time" : "" };
  const document = await rulesInForce();
  if (document === undefined) return { ...row, state: "ignored", reason: "config/incoming-calls.json is not valid" };
  const decision = decideIncomingCall(document, ringingCall(event, row.claimedAt));
  const rule = decision.rule ?? "";
  if ("ignored" in decision) return { ...row, state: "ignored", rule, reason: decision.ignored };
  return { ...row, state: "claimed", rule, action: JSON.stringify(decision.action satisfies CallAction) };
}

/** The owner's rules; undefined while the document is broken and there never was a valid one. That is a problem already. */
async function rulesInForce(): Promise<IncomingCalls | undefined> {
  try {
    return await loadIncomingCalls();
  } catch (error) {
    if (error instanceof AcsEventsError && error.code === "ACS_EVENTS_BROKEN_CONFIG") return undefined;
    throw error;
  }
}

/** Whether a call still rings, and will in so many milliseconds. */
function rings(event: Ringing, later = 0): boolean {
  return event.time !== null && left(event) >= later;
}

/** How long a call still rings, in milliseconds. */
function left({ time }: Ringing): number {
  return Date.parse(time ?? "") + ringing - Date.now();
}

/** Records how it ended. Where another process was at the same call and did so first, only what was done overrules what failed. */
async function settled(work: WorkKey, { row, etag }: Claim<CallRow>, columns: Partial<CallRow>): Promise<string> {
  try {
    await settle(work, etag, columns);
  } catch (error) {
    if (!lostRace(error)) throw error;
    const open = (there?: CallRow) => there?.state === "claimed" || there?.state === "failed";
    if (columns.state !== "failed" && columns.state !== undefined)
      await changeRow<CallRow>(work, (there) => (open(there) ? columns : undefined));
  }
  const { state = row.state, reason } = columns;
  return `${state}${row.rule && ` by ${row.rule}`}${reason ? `: ${reason}` : ""}`;
}
