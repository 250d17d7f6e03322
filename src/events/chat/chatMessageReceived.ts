import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { chatLegacy } from "./legacy.ts";
import { message, messageContent, perUser } from "./members.ts";

export const chatMessageReceived = defineEvent("Microsoft.Communication.ChatMessageReceived", {
  description: "A chat message arrived for one user of its thread.",
  data: Type.Object({
    ...perUser,
    ...message,
    ...messageContent,
  }),
  key: ["threadId", "messageId"],
  usual: ["senderCommunicationIdentifier", "composeTime", "type", "messageBody"],
  legacy: chatLegacy,
  entities: ({ data }) => [
    thread(data.threadId),
    person(data.senderCommunicationIdentifier),
    person(data.recipientCommunicationIdentifier),
  ],
  summary: ({ data }) => ({
    sender: data.senderCommunicationIdentifier?.rawId,
    recipient: data.recipientCommunicationIdentifier?.rawId,
  }),
});
