import { dataOf } from "./callEvent.ts";
import { type CallName, idsOf } from "./callName.ts";
import type { FoundCall } from "./findCall.ts";
import { foldStays, given } from "./foldStays.ts";
import { type Party, partyOf } from "./partyOf.ts";
import { earliestOf, principalOf } from "./principalOf.ts";
import { eventOf } from "./readEvents.ts";
import { type CallState, stateOf } from "./stateOf.ts";

/** A call as a list shows it: what the rows of the timeline tell, without the events themselves. */
export interface CallItem {
  serverCallId?: string;
  correlationId?: string;
  state: CallState;
  /** Of the earliest event that is known; lists are sorted by it. */
  firstSeen?: string;
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

/** @param path where the link begins; @param now milliseconds since 1970 */
export function itemOf(found: FoundCall, path: string, now: number): CallItem {
  const events = found.rows.map(eventOf);
  const of = (type: string) => events.filter(({ name }) => name === type);
  const [started, ended, rang] = [of("CallStarted")[0], of("CallEnded").at(-1), of("IncomingCall")[0]];
  const startedBy = [...of("CallStarted"), ...events].map((event) => dataOf(event).startedBy).find(Boolean);
  const principal: CallName = principalOf(found);
  const serverCallId = idsOf("serverCallId", [principal])[0];
  return {
    ...given("serverCallId", serverCallId),
    ...given("correlationId", idsOf("callId", found.names)[0]),
    state: stateOf(events, now),
    ...given("firstSeen", earliestOf(found)?.time),
    ...given("startedAt", started?.time),
    ...given("startedBy", partyOf(startedBy?.communicationIdentifier)),
    ...given("endedAt", ended?.time),
    ...given("durationInSeconds", ended && dataOf(ended).callDurationInSeconds),
    ...given("from", rang && partyOf(dataOf(rang).from)),
    ...given("to", rang && partyOf(dataOf(rang).to)),
    participants: foldStays(events).length,
    recordings: found.recordingIds.length,
    link: `${path}/${encodeURIComponent(principal.slice(principal.indexOf(":") + 1))}`,
  };
}
