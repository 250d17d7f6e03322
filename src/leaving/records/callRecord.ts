import { findCall } from "../../calls/record/findCall.ts";
import type { Stay } from "../../calls/record/foldStays.ts";
import type { Party } from "../../calls/record/partyOf.ts";
import { principalOf } from "../../calls/record/principalOf.ts";
import { type CallRecord, readCall } from "../../calls/record/readCall.ts";
import { type CallName, namesIn } from "../../events/callName.ts";
import { defined } from "../../events/defined.ts";
import { callRecordings } from "../../recordings/serving/callRecordings.ts";
import type { Call } from "../schemas/call.ts";
import type { Participants } from "../schemas/participants.ts";

const idIn = (name: CallName) => name.slice(name.indexOf(":") + 1);

/** The id by which a call is exported, for any of its names; undefined when nothing is known of it. */
export async function callIdOf(name: CallName): Promise<string | undefined> {
  const found = await findCall(name, callRecordings);
  return found && idIn(principalOf(found));
}

/** @param now milliseconds since 1970: whether a call rings, or is silent for long, depends on it */
export function readCallRecord(id: string, now: number): Promise<CallRecord | undefined> {
  return readCall(id, callRecordings, now);
}

/** A call in the form of the export. */
export function callOf(id: string, folded: CallRecord): Call {
  const { startedBy, endedBy, duration } = folded;
  return {
    id: `call:${id}`,
    ids: folded.ids,
    state: folded.state,
    ...defined({
      startedAt: folded.startedAt,
      startedBy: startedBy && partyOf(startedBy),
      startedAs: folded.startedAs,
      group: folded.group,
      room: folded.room,
      endedAt: folded.endedAt,
      endedBy: endedBy && partyOf(endedBy, endedBy.name),
      endReason: folded.endReason,
      durationInSeconds: duration.reportedInSeconds ?? duration.computedInSeconds,
    }),
    incoming: folded.incoming.map(({ from, to, onBehalfOf, onBehalfOfCallee, callerDisplayName, ...ring }) => ({
      ...ring,
      ...defined({
        from: from && partyOf(from, callerDisplayName),
        to: to && partyOf(to),
        onBehalfOf: onBehalfOf && partyOf(onBehalfOf),
        onBehalfOfCallee: onBehalfOfCallee && partyOf(onBehalfOfCallee),
      }),
    })),
    recordings: folded.recordings.map(({ recordingId }) => recordingId),
    partial: folded.partial.map(({ reason }) => reason),
    events: folded.events.map(({ event }) => event),
  };
}

/** Who was in a call. */
export function participantsOfCall(id: string, folded: CallRecord): Participants {
  return { id: `call:${id}`, of: "call", participants: folded.participants.map(stayOf) };
}

function stayOf({ rawId, kind, displayName, role, endpoint, joinedAt, leftAt }: Stay) {
  return defined({ id: rawId, kind, name: displayName, role, endpoint, joinedAt, leftAt });
}

function partyOf({ rawId, kind }: Partial<Party>, name?: string) {
  return defined({ id: rawId, kind, name });
}

/** The call that a recording is of, by the name that its rows give. */
export async function callOfRecording(recordingId: string): Promise<CallName | undefined> {
  const [name] = namesIn({ data: { ...(await callRecordings.callOf(recordingId)) } });
  return name;
}
