import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, participant, perUser } from "./members.ts";

export const chatParticipantRemovedFromThreadWithUser = defineEvent(
  "Microsoft.Communication.ChatParticipantRemovedFromThreadWithUser",
  {
    description: "Somebody left, or was removed from, a chat thread; sent once per user of the thread.",
    aliases: ["Microsoft.Communication.ChatMemberRemovedFromThreadWithUser"],
    data: Type.Object({
      ...perUser,
      createTime,
      time: time("When it happened"),
      removedByCommunicationIdentifier: identifier,
      participantRemoved: participant,
    }),
    key: ["threadId"],
    usual: ["participantRemoved", "time"],
    legacy: chatLegacy,
    entities: ({ data }) => [
      thread(data.threadId),
      person(data.participantRemoved?.participantCommunicationIdentifier),
      person(data.removedByCommunicationIdentifier),
      person(data.recipientCommunicationIdentifier),
    ],
    summary: ({ data }) => ({
      participant: data.participantRemoved?.participantCommunicationIdentifier?.rawId,
      displayName: data.participantRemoved?.displayName,
      removedBy: data.removedByCommunicationIdentifier?.rawId,
    }),
  },
);
