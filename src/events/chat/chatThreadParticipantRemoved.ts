import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, inThread, participant } from "./members.ts";

export const chatThreadParticipantRemoved = defineEvent("Microsoft.Communication.ChatThreadParticipantRemoved", {
  description: "Somebody left, or was removed from, a chat thread; sent once for the thread.",
  aliases: ["Microsoft.Communication.ChatParticipantRemovedFromThread"],
  data: Type.Object({
    ...inThread,
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
  ],
  summary: ({ data }) => ({
    participant: data.participantRemoved?.participantCommunicationIdentifier?.rawId,
    displayName: data.participantRemoved?.displayName,
    removedBy: data.removedByCommunicationIdentifier?.rawId,
  }),
});
