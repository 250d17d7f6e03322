import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { chatLegacy } from "./legacy.ts";
import { inThread, message, messageContent } from "./members.ts";

export const chatMessageEditedInThread = defineEvent("Microsoft.Communication.ChatMessageEditedInThread", {
  description: "A chat message was edited; sent once for the thread.",
  data: Type.Object({
    ...inThread,
    ...message,
    ...messageContent,
    editTime: time("When it was edited"),
  }),
  key: ["threadId", "messageId"],
  usual: ["senderCommunicationIdentifier", "editTime", "messageBody"],
  legacy: chatLegacy,
  entities: ({ data }) => [thread(data.threadId), person(data.senderCommunicationIdentifier)],
  summary: ({ data }) => ({ sender: data.senderCommunicationIdentifier?.rawId }),
});
