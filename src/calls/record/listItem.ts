import { type CallName, idsOf } from "../../events/callName.ts";
import { dataOf } from "./callEvent.ts";
import { type CallDecision, decisionsOn } from "./decisionsOn.ts";
import type { FoundCall } from "./findCall.ts";
import { foldStays, given } from "./foldStays.ts";
import { type Party, partyOf } from "./partyOf.ts";
import { principalOf } from "./principalOf.ts";
import { eventOf, readEvents } from "./readEvents.ts";
import { type CallState, stateOf } from "./stateOf.ts";

/** A call as a list shows it: what the rows of the timeline tell, without the events themselves. */
export interface CallItem {
  serverCallId?: string;
  correlationId?: string;
  state: CallState;
  /** Of the earliest event that is known, in a list of a person's calls the earliest that names the person; lists are sorted by it. */
  firstSeen: string;
  startedAt?: string;
  startedBy?: Party;
  endedAt?: string;
  /** As CallEnded reports it. */
  durationInSeconds?: number;
  /** Of a call that rang. */
  from?: Party;
  to?: Party;
  /** How many stays and recordings. */
  participants: number;
  recordings: number;
  link: string;
}

/** @param path where the link begins */
export async function itemOf(found: FoundCall, firstSeen: string, path: string): Promise<CallItem> {
  const events = found.rows.map(eventOf);
  const stays = foldStays(events);
  const of = (type: string) => events.filter(({ name }) => name === type);
  const [started, ended, rang] = [of("CallStarted")[0], of("CallEnded").at(-1), of("IncomingCall")[0]];
  const startedBy = [...of("CallStarted"), ...events].map((event) => dataOf(event).startedBy).find(Boolean);
  const principal: CallName = principalOf(found);
  const serverCallId = idsOf("serverCallId", [principal])[0];
  return {
    ...given("serverCallId", serverCallId),
    ...given("correlationId", idsOf("callId", found.names)[0]),
    state: stateOf(events, stays, await decisionsOf(found), Date.now()),
    firstSeen,
    ...given("startedAt", started?.time),
    ...given("startedBy", partyOf(startedBy?.communicationIdentifier)),
    ...given("endedAt", ended?.time),
    ...given("durationInSeconds", ended && dataOf(ended).callDurationInSeconds),
    ...given("from", rang && partyOf(dataOf(rang).from)),
    ...given("to", rang && partyOf(dataOf(rang).to)),
    participants: stays.length,
    recordings: found.recordingIds.length,
    link: `${path}/${encodeURIComponent(principal.slice(principal.indexOf(":") + 1))}`,
  };
}

/** What was decided on a call that rang, where its state may hang on it. A row has no incomingCallContext; the event has. */
async function decisionsOf({ rows }: FoundCall): Promise<ReadonlyMap<string, CallDecision>> {
  if (rows.some(({ type }) => type === "CallEnded")) return new Map();
  const { events } = await readEvents(rows.filter(({ type }) => type === "IncomingCall"));
  return decisionsOn(events);
}
