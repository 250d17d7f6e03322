import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { chatLegacy } from "./legacy.ts";
import { message, perUser } from "./members.ts";

export const chatMessageDeleted = defineEvent("Microsoft.Communication.ChatMessageDeleted", {
  description: "A chat message was deleted; sent once per user of the thread.",
  data: Type.Object({
    ...perUser,
    ...message,
    deleteTime: time("When it was deleted"),
  }),
  key: ["threadId", "messageId"],
  usual: ["senderCommunicationIdentifier", "deleteTime"],
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
