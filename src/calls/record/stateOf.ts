import { type CallEvent, dataOf } from "./callEvent.ts";

export type CallState = "ringing" | "inProgress" | "ended" | "unknown";
export const callStates: readonly CallState[] = ["ringing", "inProgress", "ended", "unknown"];

/** A call rings for 30 seconds; what is made of it is told soon after. Milliseconds. */
const ringsFor = 60_000;

/** A call of which nothing was heard for so long has ended, and nobody told. ACS's own calls last 30 hours at most. Milliseconds. */
const silentFor = 48 * 3_600_000;

/** Types that say that somebody was in the call. */
const connected = new Set([
  ...["CallStarted", "CallParticipantAdded", "CallParticipantRemoved", "CallConnected", "CallDisconnected"],
  ...["ParticipantsUpdated", "CallLegStateChanged", "RecordingStateChanged", "RecordingFileStatusUpdated"],
]);

/**
 * How a call stands, by events in any order. It has ended when CallEnded or a recording says so, or when each connection or leg of an
 * app ended and nobody else is known to be in it. A call that only rang is unknown a minute later,
 * and one of which nothing was heard for two days.
 * @param events with the plain members of their data at least
 * @param now milliseconds since 1970
 */
export function stateOf(events: readonly Pick<CallEvent, "name" | "time" | "data">[], now: number): CallState {
  if (events.some((event) => event.name === "CallEnded" || saysCallEnded(event))) return "ended";
  if (allGone(events)) return "ended";
  if (events.some(({ name }) => connected.has(name))) {
    const newest = Math.max(...events.map(({ time }) => Date.parse(time ?? "") || 0));
    return newest > 0 && now - newest > silentFor ? "unknown" : "inProgress";
  }
  const rings = events.some(({ name, time }) => name === "IncomingCall" && now - Date.parse(time ?? "") < ringsFor);
  return rings ? "ringing" : "unknown";
}

function saysCallEnded(event: Pick<CallEvent, "name" | "data">): boolean {
  return event.name === "RecordingFileStatusUpdated" && dataOf(event).sessionEndReason?.toLowerCase() === "callended";
}

function allGone(events: readonly Pick<CallEvent, "name" | "data">[]): boolean {
  const came = new Set<string>();
  const left = new Set<string>();
  for (const event of events) {
    const { participantId = "", callConnectionId = "", callLegId = "", callState = "" } = dataOf(event);
    if (event.name === "CallParticipantAdded") came.add(`stay ${participantId.toLowerCase()}`);
    if (event.name === "CallParticipantRemoved") left.add(`stay ${participantId.toLowerCase()}`);
    if (event.name === "CallConnected") came.add(`connection ${callConnectionId.toLowerCase()}`);
    if (event.name === "CallDisconnected") left.add(`connection ${callConnectionId.toLowerCase()}`);
    if (event.name === "CallLegStateChanged") {
      (/^terminated$/i.test(callState) ? left : came).add(`leg ${callLegId.toLowerCase()}`);
    }
  }
  const connectionEnded = [...left].some((one) => !one.startsWith("stay "));
  return connectionEnded && [...came].every((one) => left.has(one));
}
