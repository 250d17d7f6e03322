import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, inThread, participant } from "./members.ts";

export const chatThreadParticipantAdded = defineEvent("Microsoft.Communication.ChatThreadParticipantAdded", {
  description: "Somebody joined a chat thread; sent once for the thread.",
  aliases: ["Microsoft.Communication.ChatParticipantAddedToThread"],
  data: Type.Object({
    ...inThread,
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
  ],
  summary: ({ data }) => ({
    participant: data.participantAdded?.participantCommunicationIdentifier?.rawId,
    displayName: data.participantAdded?.displayName,
    addedBy: data.addedByCommunicationIdentifier?.rawId,
  }),
});
