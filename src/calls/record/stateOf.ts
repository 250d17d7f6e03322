import { type CallEvent, dataOf } from "./callEvent.ts";
import type { CallDecision } from "./decisionsOn.ts";
import type { Stay } from "./foldStays.ts";
import { rejectionOf } from "./rejectionOf.ts";
import { saysConnected } from "./saysConnected.ts";

export type CallState = "ringing" | "inProgress" | "ended" | "unknown";
export const callStates: readonly CallState[] = ["ringing", "inProgress", "ended", "unknown"];

/** A call rings for 30 seconds; what is made of it is told soon after. Milliseconds. */
const ringsFor = 60_000;

/** A call of which nothing was heard for so long has ended, and nobody told. ACS's own calls last 30 hours at most. Milliseconds. */
const silentFor = 48 * 3_600_000;

/** The clock of ACS may be ahead by this; a later time is a wrong one, and tells nothing. Milliseconds. */
const skew = 300_000;

/**
 * How a call stands. It has ended when CallEnded or a recording says so, when each connection or leg of an app ended and nobody else is
 * known to be in it, or when it was rejected here. A call that only rang is unknown a minute later, and so is one of which nothing
 * was heard for two days.
 * @param events in order of time, with the plain members of their data at least
 * @param decisions on calls that rang, by the identity of the event
 * @param now milliseconds since 1970
 */
export function stateOf(
  events: readonly CallEvent[],
  stays: readonly Stay[],
  decisions: ReadonlyMap<string, CallDecision>,
  now: number,
): CallState {
  const heard = (within: number) => (event: CallEvent) => {
    const age = now - Date.parse(event.time ?? "");
    return age >= -skew && age <= within;
  };
  if (events.some((event) => event.name === "CallEnded" || saysCallEnded(event))) return "ended";
  const answered = answeredIn(events, decisions);
  if (allGone(events, stays, answered)) return "ended";
  if (answered.length > 0 || events.some(saysConnected))
    return events.some(heard(silentFor)) ? "inProgress" : "unknown";
  if (rejectionOf(events, decisions)) return "ended";
  const ringing = events.filter(
    ({ name, identity }) => name === "IncomingCall" && !isRejected(decisions.get(identity)),
  );
  return ringing.some(heard(ringsFor)) ? "ringing" : "unknown";
}

const isRejected = (decision: CallDecision | undefined) => decision?.state === "rejected";

function saysCallEnded(event: CallEvent): boolean {
  return event.name === "RecordingFileStatusUpdated" && dataOf(event).sessionEndReason?.toLowerCase() === "callended";
}

/** The connections by which the app answered, whether or not a callback told of them yet. */
function answeredIn(events: readonly CallEvent[], decisions: ReadonlyMap<string, CallDecision>): string[] {
  if (events.some(({ name }) => name === "AnswerFailed")) return [];
  const made = events.map(({ identity }) => decisions.get(identity));
  return made.filter((decision) => decision?.state === "answered").map((decision) => decision?.callConnectionId ?? "");
}

/** Whether all connections and legs of apps that are known have ended, one at least, and nobody is known to have stayed. */
function allGone(events: readonly CallEvent[], stays: readonly Stay[], answered: readonly string[]): boolean {
  const came = new Set(answered.filter((id) => id !== "").map((id) => `connection ${id.toLowerCase()}`));
  const left = new Set<string>();
  for (const event of events) {
    const { callConnectionId = "", callLegId = "", callState = "" } = dataOf(event);
    const connection = `connection ${callConnectionId.toLowerCase()}`;
    if (event.name === "CallConnected") came.add(connection);
    if (event.name === "CallDisconnected" || event.name === "CreateCallFailed") left.add(connection);
    // Those whom the app connected to each other go on without it.
    if (event.name === "CallTransferAccepted") came.add(`transfer by ${connection}`);
    if (event.name === "CallLegStateChanged") {
      (/^terminated$/i.test(callState) ? left : came).add(`leg ${callLegId.toLowerCase()}`);
    }
  }
  const present = stays.some(({ leftAt }) => leftAt === undefined);
  return !present && left.size > 0 && [...came].every((one) => left.has(one));
}
