import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { chatLegacy } from "./legacy.ts";
import { inThread, message, messageContent } from "./members.ts";

export const chatTypingIndicatorReceivedInThread = defineEvent(
  "Microsoft.Communication.ChatTypingIndicatorReceivedInThread",
  {
    description: "Somebody is typing in a thread. Official samples carry no message.",
    data: Type.Object({
      ...inThread,
      ...message,
      ...messageContent,
    }),
    key: ["threadId"],
    usual: ["senderCommunicationIdentifier"],
    legacy: chatLegacy,
    entities: ({ data }) => [thread(data.threadId), person(data.senderCommunicationIdentifier)],
    summary: ({ data }) => ({ sender: data.senderCommunicationIdentifier?.rawId }),
  },
);
