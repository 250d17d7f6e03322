import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { chatParticipantAddedToThreadWithUser } from "../../events/chat/chatParticipantAddedToThreadWithUser.ts";
import { chatParticipantRemovedFromThreadWithUser } from "../../events/chat/chatParticipantRemovedFromThreadWithUser.ts";
import { chatThreadCreated } from "../../events/chat/chatThreadCreated.ts";
import { chatThreadCreatedWithUser } from "../../events/chat/chatThreadCreatedWithUser.ts";
import { chatThreadDeleted } from "../../events/chat/chatThreadDeleted.ts";
import { chatThreadParticipantAdded } from "../../events/chat/chatThreadParticipantAdded.ts";
import { chatThreadParticipantRemoved } from "../../events/chat/chatThreadParticipantRemoved.ts";
import { chatThreadPropertiesUpdated } from "../../events/chat/chatThreadPropertiesUpdated.ts";
import { chatThreadPropertiesUpdatedPerUser } from "../../events/chat/chatThreadPropertiesUpdatedPerUser.ts";
import { chatThreadWithUserDeleted } from "../../events/chat/chatThreadWithUserDeleted.ts";
import { defined } from "../../events/defined.ts";
import type { JsonObject } from "../../events/json.ts";
import type { ChangeFragment, Fragment } from "./fragment.ts";
import { messageFragment } from "./messageFragment.ts";
import { idIn, metadataIn, participantIn } from "./participantIn.ts";
import { stampOf, stampOfChange, undated } from "./stamp.ts";

/** What an event says of its thread's transcript; undefined for one that says nothing there: somebody types, another family. */
export function fragmentOf(event: AcsEvent): Fragment | undefined {
  return messageFragment(event) ?? participantFragment(event) ?? threadFragment(event);
}

function participantFragment(event: AcsEvent): ChangeFragment | undefined {
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

function threadFragment(event: AcsEvent): ChangeFragment | undefined {
  if (is(chatThreadCreated, event) || is(chatThreadCreatedWithUser, event)) {
    const { createTime, version, createdByCommunicationIdentifier: by, participants = [] } = event.data;
    const time = stampOf(createTime);
    return defined({
      kind: "threadCreated" as const,
      place: stampOfChange(version, time) ?? stampOf(event.time) ?? undated,
      by: idIn(by),
      participants: participants.map(participantIn),
      ...contentIn(event.data),
    });
  }
  if (is(chatThreadPropertiesUpdated, event) || is(chatThreadPropertiesUpdatedPerUser, event)) {
    const { editTime, version, editedByCommunicationIdentifier: by } = event.data;
    const time = stampOf(editTime) ?? stampOf(event.time);
    return defined({
      kind: "propertiesUpdated" as const,
      place: stampOfChange(version, time) ?? undated,
      by: idIn(by),
      ...contentIn(event.data),
    });
  }
  if (is(chatThreadDeleted, event) || is(chatThreadWithUserDeleted, event)) {
    const { deleteTime, deletedByCommunicationIdentifier: by } = event.data;
    const { reason } = event.data as JsonObject;
    return defined({
      kind: "threadDeleted" as const,
      // Not by the version, which is that of the last change before.
      place: stampOf(deleteTime) ?? stampOf(event.time) ?? undated,
      by: idIn(by),
      reason: typeof reason === "string" ? reason : undefined,
    });
  }
  return undefined;
}

function contentIn(data: { properties?: { topic?: string }; metadata?: unknown }) {
  const { topic, ...others } = data.properties ?? {};
  return {
    topic,
    properties: metadataIn(others),
    metadata: metadataIn(data.metadata),
  };
}

function placeOf({ time, data }: { time: string | null; data: { time?: string; version?: unknown } }): string {
  return stampOfChange(data.version, stampOf(data.time) ?? stampOf(time)) ?? undated;
}
