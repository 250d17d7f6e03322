import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, participant, perUser } from "./members.ts";

export const chatParticipantAddedToThreadWithUser = defineEvent(
  "Microsoft.Communication.ChatParticipantAddedToThreadWithUser",
  {
    description: "Somebody joined a chat thread; sent once per user of the thread.",
    aliases: ["Microsoft.Communication.ChatMemberAddedToThreadWithUser"],
    data: Type.Object({
      ...perUser,
      createTime,
      time: time("When it happened"),
      addedByCommunicationIdentifier: identifier,
      participantAdded: participant,
    }),
    key: ["threadId"],
    usual: ["participantAdded", "time"],
    legacy: chatLegacy,
    entities: ({ data }) => [
      thread(data.threadId),
      person(data.participantAdded?.participantCommunicationIdentifier),
      person(data.addedByCommunicationIdentifier),
      person(data.recipientCommunicationIdentifier),
    ],
    summary: ({ data }) => ({
      participant: data.participantAdded?.participantCommunicationIdentifier?.rawId,
      displayName: data.participantAdded?.displayName,
      addedBy: data.addedByCommunicationIdentifier?.rawId,
    }),
  },
);
