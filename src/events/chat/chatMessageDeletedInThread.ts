import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { chatLegacy } from "./legacy.ts";
import { inThread, message } from "./members.ts";

export const chatMessageDeletedInThread = defineEvent("Microsoft.Communication.ChatMessageDeletedInThread", {
  description: "A chat message was deleted; sent once for the thread.",
  data: Type.Object({
    ...inThread,
    ...message,
    deleteTime: time("When it was deleted"),
  }),
  key: ["threadId", "messageId"],
  usual: ["senderCommunicationIdentifier", "deleteTime"],
  legacy: chatLegacy,
  entities: ({ data }) => [thread(data.threadId), person(data.senderCommunicationIdentifier)],
  summary: ({ data }) => ({ sender: data.senderCommunicationIdentifier?.rawId }),
});
