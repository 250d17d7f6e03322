import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { chatLegacy } from "./legacy.ts";
import { inThread, message, messageContent } from "./members.ts";

export const chatMessageReceivedInThread = defineEvent("Microsoft.Communication.ChatMessageReceivedInThread", {
  description: "A chat message arrived in a thread; sent once, whoever reads it.",
  data: Type.Object({
    ...inThread,
    ...message,
    ...messageContent,
  }),
  key: ["threadId", "messageId"],
  usual: ["senderCommunicationIdentifier", "composeTime", "type", "messageBody"],
  legacy: chatLegacy,
  entities: ({ data }) => [thread(data.threadId), person(data.senderCommunicationIdentifier)],
  summary: ({ data }) => ({ sender: data.senderCommunicationIdentifier?.rawId }),
});
