import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { chatParticipantAddedToThreadWithUser } from "../../events/chat/chatParticipantAddedToThreadWithUser.ts";
import { chatParticipantRemovedFromThreadWithUser } from "../../events/chat/chatParticipantRemovedFromThreadWithUser.ts";
import { chatThreadParticipantAdded } from "../../events/chat/chatThreadParticipantAdded.ts";
import { chatThreadParticipantRemoved } from "../../events/chat/chatThreadParticipantRemoved.ts";
import { defined } from "../../events/defined.ts";
import type { ChangeFragment } from "./fragment.ts";
import { idIn, participantIn } from "./participantIn.ts";
import { stampOf, stampOfChange, undated } from "./stamp.ts";

/** What an event says of who joined or left; undefined when it is of nobody. */
export function participantFragment(event: AcsEvent): ChangeFragment | undefined {
  if (is(chatThreadParticipantAdded, event) || is(chatParticipantAddedToThreadWithUser, event)) {
    const { participantAdded, addedByCommunicationIdentifier: by } = event.data;
    return defined({
      kind: "participantAdded" as const,
      place: placeOf(event),
      by: idIn(by),
      participant: participantIn(participantAdded ?? {}),
    });
  }
  if (is(chatThreadParticipantRemoved, event) || is(chatParticipantRemovedFromThreadWithUser, event)) {
    const { participantRemoved, removedByCommunicationIdentifier: by } = event.data;
    return defined({
      kind: "participantRemoved" as const,
      place: placeOf(event),
      by: idIn(by),
      participant: participantIn(participantRemoved ?? {}),
    });
  }
  return undefined;
}

function placeOf({ time, data }: { time: string | null; data: { time?: string; version?: unknown } }): string {
  return stampOfChange(data.version, stampOf(data.time) ?? stampOf(time)) ?? undated;
}
