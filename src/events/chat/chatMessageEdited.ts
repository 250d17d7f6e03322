import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { chatLegacy } from "./legacy.ts";
import { message, messageContent, perUser } from "./members.ts";

export const chatMessageEdited = defineEvent("Microsoft.Communication.ChatMessageEdited", {
  description: "A chat message was edited; sent once per user of the thread.",
  data: Type.Object({
    ...perUser,
    ...message,
    ...messageContent,
    editTime: time("When it was edited"),
  }),
  key: ["threadId", "messageId"],
  usual: ["senderCommunicationIdentifier", "editTime", "messageBody"],
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
