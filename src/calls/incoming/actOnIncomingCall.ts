// Does what the owner's rules say with a call that rings, once, however often its event comes.
//
//   decide ──► open ──► claim ──► redirect, reject or answer ──► settle (settleCall.ts)
//                         │ insert-if-absent, under a hash of the call's context
//                         └ claimed before: what that claim decided is asked of ACS again, with its repeatability id, while the call
//                           rings; a crash or a silence between claim and settle is mended so, and ACS does it once
import { setting, settingIsValid } from "../../config.ts";
import { type AcsEvent, type EventOf, is } from "../../events/acsEvent.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { incomingCall } from "../../events/incomingCall/incomingCall.ts";
import { shortId } from "../../storage/keys.ts";
import { type Claim, claim, read, type WorkKey } from "../../storage/ledger.ts";
import { type CallRow, callKey } from "./callRow.ts";
import { carryOut } from "./carryOut.ts";
import { type CallAction, decideIncomingCall } from "./decideIncomingCall.ts";
import type { IncomingCalls } from "./incomingCalls.ts";
import { loadIncomingCalls } from "./loadIncomingCalls.ts";
import { ringing } from "./ringing.ts";
import { ringingCall } from "./ringingCall.ts";
import { openCall, settleCall, unknownEnd } from "./settleCall.ts";

type Ringing = EventOf<typeof incomingCall>;

/**
 * How long Event Grid waits before it delivers again (milliseconds).
 * https://learn.microsoft.com/azure/event-grid/delivery-and-retry
 */
const redelivery = 10_000;

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
  const known = await read<CallRow>(work);
  const { row, won } = known ? { ...known, won: false } : await takeOn(event, blob, work);
  if (row.state !== "claimed") return `${won ? "" : "already "}${inWords(row)}`;
  const left = leftToRing(event, row.claimedAt);
  if (left < 0) return inWords(await settleCall(work, unknownEnd(row)));
  let done: Partial<CallRow>;
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(left)]);
    done = await carryOut(row, { context: event.data.incomingCallContext, work, signal: inTime });
  } catch (error) {
    if (!(error instanceof AcsEventsError)) throw error;
    const failure = { reason: `${error.code} ${error.message}`, attempts: row.attempts + 1 };
    const again =
      error.code === "ACS_EVENTS_INCOMING_CALL_UNAVAILABLE" && leftToRing(event, row.claimedAt) >= redelivery;
    const now = await settleCall(work, again ? failure : { ...failure, state: "failed" });
    if (now?.state === "claimed") throw error;
    return inWords(now);
  }
  return inWords(await settleCall(work, { ...done, reason: "" }));
}

/** Decides on a call, and claims what is to be done. */
async function takeOn(event: Ringing, blob: string, work: WorkKey): Promise<Claim<CallRow>> {
  const row = await firstRow(event, blob);
  if (row.state === "claimed") await openCall(work);
  return claim(work, row);
}

/** The row of a call that nobody took on before. */
async function firstRow(event: Ringing, blob: string): Promise<CallRow> {
  const row = {
    ...{ reason: "", rule: "", action: "", attempts: 0, callConnectionId: "", claimedAt: new Date() },
    ...{ event: blob, serverCallId: shortId(event.data.serverCallId ?? "") },
  };
  if (event.time === null) return { ...row, state: "late", reason: "its event has no time" };
  if (leftToRing(event, row.claimedAt) < 0)
    return { ...row, state: "late", reason: "its event came when it rang no more" };
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

/**
 * How long a call still rings, in milliseconds; negative when it does not, or nobody can tell. An event from the future is one of a
 * wrong clock.
 */
function leftToRing({ time }: Ringing, claimedAt: Date): number {
  return time === null ? -1 : Math.min(Date.parse(time), claimedAt.getTime()) + ringing - Date.now();
}

/** For the log: names nobody. */
function inWords(row: CallRow | undefined): string {
  if (!row) return "taken out of the ledger meanwhile";
  return `${row.state}${row.rule && ` by ${row.rule}`}${row.reason && `: ${row.reason}`}`;
}
