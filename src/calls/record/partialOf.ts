import type { CallEvent } from "./callEvent.ts";
import { dataOf } from "./callEvent.ts";
import type { CallRecording } from "./callRecordings.ts";
import type { CallDecision } from "./decisionsOn.ts";
import type { Stay } from "./foldStays.ts";
import { partyOf } from "./partyOf.ts";
import type { CallState } from "./stateOf.ts";

// Source: https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events#limitations
const messages = {
  noCallEvents:
    "No call event came. ACS raises them for its VoIP users only: not for phone numbers, bots, the echo bot, Teams users, or meetings of Teams.",
  noCallStarted: "No CallStarted event came, so who started the call and when is not known.",
  noCallEnded: "No CallEnded event came, so when the call ended is not known.",
  joinMissing: "Somebody left whose CallParticipantAdded event did not come.",
  leaveMissing: "The call has ended, and the CallParticipantRemoved event of somebody did not come.",
  notAllCovered: "Somebody takes part by phone, Teams or as a bot: ACS raises no events of their joining and leaving.",
  recordingNotLinked:
    "A recording names the call by a callId only, and nothing else does: it is linked to no serverCallId.",
  eventsLeftOut: "The call has more events or ids than one record shows. The table timeline has them all.",
  eventsUnreadable: "Events are not in the archive any more; the timeline's summaries stand for them.",
} as const;

export interface Gap {
  reason: keyof typeof messages;
  message: string;
}

/** What a record is folded from besides its events. */
export interface Around {
  serverCallIds: readonly string[];
  recordings: readonly CallRecording[];
  /** What was decided on calls that rang, by the identity of their events. */
  decisions: ReadonlyMap<string, CallDecision>;
  /** Some events or ids were left out. */
  cut: boolean;
  /** Some events could not be read. */
  unreadable: boolean;
}

/** The call events of Event Grid, which only ACS VoIP users cause. */
const callEvents = new Set(["CallStarted", "CallEnded", "CallParticipantAdded", "CallParticipantRemoved"]);

/** Why a record does not tell everything; empty for a complete one. */
export function partialOf(
  events: readonly CallEvent[],
  state: CallState,
  stays: readonly Stay[],
  around: Around,
): Gap[] {
  const covered = events.some(({ name }) => callEvents.has(name));
  const came = (type: string) => events.some(({ name }) => name === type);
  const holds: Record<Gap["reason"], boolean> = {
    noCallEvents: !covered,
    noCallStarted: covered && !came("CallStarted"),
    noCallEnded: covered && (state === "ended" || state === "unknown") && !came("CallEnded"),
    joinMissing: stays.some(({ joinedAt }) => joinedAt === undefined),
    leaveMissing: state === "ended" && stays.some(({ leftAt }) => leftAt === undefined),
    notAllCovered: covered && events.some(namesOthers),
    recordingNotLinked: around.recordings.length > 0 && around.serverCallIds.length === 0,
    eventsLeftOut: around.cut,
    eventsUnreadable: around.unreadable,
  };
  const reasons = Object.keys(messages) as Gap["reason"][];
  return reasons.filter((reason) => holds[reason]).map((reason) => ({ reason, message: messages[reason] }));
}

/** Whether an event names somebody who is no VoIP user of ACS. */
function namesOthers(event: CallEvent): boolean {
  const { from, to, participants = [] } = dataOf(event);
  const parties = [from, to, ...participants.map(({ identifier }) => identifier)].map(partyOf);
  return parties.some((party) => party !== undefined && party.kind !== "communicationUser");
}
