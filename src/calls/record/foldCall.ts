// One record of a call from its events. Pure: the same events in any order, each once or many times, give the same record.
import { type CallData, type CallEvent, dataOf, textOf } from "./callEvent.ts";
import type { CallRecording } from "./callRecordings.ts";
import type { CallDecision } from "./decisionsOn.ts";
import { foldStays, given, type Stay, seconds } from "./foldStays.ts";
import { type Around, type Gap, partialOf } from "./partialOf.ts";
import { type Party, partyOf } from "./partyOf.ts";
import { rejectionOf } from "./rejectionOf.ts";
import { type CallState, stateOf } from "./stateOf.ts";

/** A call that rang. What it can be answered with is a secret, and no part of this. */
interface Ring {
  time?: string;
  from?: Party;
  to?: Party;
  callerDisplayName?: string;
  sipHeaders?: Record<string, string>;
  voipHeaders?: Record<string, string>;
  onBehalfOf?: Party;
  onBehalfOfCallee?: Party;
  /** What the owner's rules did with it. */
  decision?: CallDecision;
}

/** Times are UTC with seven fraction digits; what is not known is absent. */
export interface FoldedCall {
  state: CallState;
  startedAt?: string;
  startedBy?: Party & { role?: string };
  /** By what the callers met. */
  startedAs?: "room" | "group" | "oneToOne";
  group?: string;
  room?: string;
  endedAt?: string;
  endedBy?: Partial<Party> & { type?: string; name?: string };
  /** As CallEnded gives it; of a call that was rejected here, `{ phrase: "rejected", rule }`. */
  endReason?: unknown;
  /** As CallEnded reports it, and from CallStarted to CallEnded. */
  duration: { reportedInSeconds?: number; computedInSeconds?: number };
  participants: Stay[];
  incoming: Ring[];
  recordings: readonly CallRecording[];
  /** Why the record is not complete; empty when it is. */
  partial: Gap[];
  /** Blob names in container `events`. */
  events: { type: string; time?: string; event: string }[];
}

/** @param now milliseconds since 1970 */
export function foldCall(some: readonly CallEvent[], around: Around, now: number): FoldedCall {
  const events = inOrder(some);
  const started = events.find(({ name }) => name === "CallStarted");
  const ended = events.findLast(({ name }) => name === "CallEnded");
  // CallStarted knows best; every other call event repeats what it says.
  const told = (started ? [started, ...events] : events).map(dataOf);
  const first = <T>(read: (data: CallData) => T | undefined) => told.map(read).find((value) => value !== undefined);
  const last = ended && dataOf(ended);
  const participants = foldStays(events);
  const state = stateOf(events, participants, around.decisions, now);
  const [group, room] = [first(({ group: g }) => textOf(g?.id)), first(({ room: r }) => textOf(r?.id))];
  const startedBy = first(({ startedBy: by }) => {
    const party = partyOf(by?.communicationIdentifier);
    return party && { ...party, ...given("role", textOf(by?.role)) };
  });
  return {
    state,
    ...given("startedAt", started?.time),
    ...given("startedBy", startedBy),
    ...given("startedAs", startedAs(told, group, room)),
    ...given("group", group),
    ...given("room", room),
    ...given("endedAt", ended?.time),
    ...given("endedBy", last?.endedBy && endedBy(last.endedBy)),
    ...given("endReason", last?.reason ?? rejection(events, around.decisions)),
    duration: {
      ...given("reportedInSeconds", last?.callDurationInSeconds),
      ...given("computedInSeconds", seconds(started?.time ?? undefined, ended?.time ?? undefined)),
    },
    participants,
    incoming: events
      .filter(({ name }) => name === "IncomingCall")
      .map((event) => ring(event, around.decisions.get(event.identity))),
    recordings: around.recordings,
    partial: partialOf(events, state, participants, around),
    events: events.map(({ name, time, blob }) => ({ type: name, ...given("time", time), event: blob })),
  };
}

/** Each event once, by time; those without one come first. */
function inOrder(events: readonly CallEvent[]): CallEvent[] {
  const keyed = new Map(events.map((event) => [`${event.time ?? ""}_${event.identity}`, event]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event);
}

function startedAs(told: CallData[], group: string | undefined, room: string | undefined): FoldedCall["startedAs"] {
  if (room !== undefined || told.some(({ isRoomsCall }) => isRoomsCall === true)) return "room";
  if (group !== undefined) return "group";
  return told.some(({ isTwoParty }) => isTwoParty === true) ? "oneToOne" : undefined;
}

function endedBy({ communicationIdentifier, type, name }: NonNullable<CallData["endedBy"]>) {
  return { ...partyOf(communicationIdentifier), ...given("type", textOf(type)), ...given("name", textOf(name)) };
}

function rejection(events: readonly CallEvent[], decisions: Around["decisions"]) {
  const decision = rejectionOf(events, decisions);
  return decision && { phrase: "rejected", ...given("rule", decision.rule) };
}

function ring(event: CallEvent, decision: CallDecision | undefined): Ring {
  const { from, to, callerDisplayName, customContext, onBehalfOf, onBehalfOfCallee } = dataOf(event);
  return {
    ...given("time", event.time),
    ...given("from", partyOf(from)),
    ...given("to", partyOf(to)),
    ...given("callerDisplayName", textOf(callerDisplayName)),
    ...given("sipHeaders", customContext?.sipHeaders),
    ...given("voipHeaders", customContext?.voipHeaders),
    ...given("onBehalfOf", partyOf(onBehalfOf)),
    ...given("onBehalfOfCallee", partyOf(onBehalfOfCallee)),
    ...given("decision", decision),
  };
}
