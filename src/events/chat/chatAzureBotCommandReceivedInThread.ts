import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { chatLegacy } from "./legacy.ts";
import { message, messageContent, perUser } from "./members.ts";

export const chatAzureBotCommandReceivedInThread = defineEvent(
  "Microsoft.Communication.ChatAzureBotCommandReceivedInThread",
  {
    description: "A message that is meant for a bot arrived in a thread; some examples name the user it was copied to.",
    aliases: ["Microsoft.Communication.ChatAzureBotCommand"],
    data: Type.Object({
      ...perUser,
      ...message,
      ...messageContent,
    }),
    key: ["threadId", "messageId"],
    usual: ["senderCommunicationIdentifier", "messageBody"],
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
  },
);
