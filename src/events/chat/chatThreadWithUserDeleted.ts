import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, perUser } from "./members.ts";

export const chatThreadWithUserDeleted = defineEvent("Microsoft.Communication.ChatThreadWithUserDeleted", {
  description: "A chat thread was deleted; sent once per user of the thread.",
  data: Type.Object({
    ...perUser,
    createTime,
    deletedByCommunicationIdentifier: identifier,
    deleteTime: time("When it was deleted"),
  }),
  key: ["threadId"],
  usual: ["deletedByCommunicationIdentifier", "deleteTime"],
  legacy: chatLegacy,
  entities: ({ data }) => [
    thread(data.threadId),
    person(data.deletedByCommunicationIdentifier),
    person(data.recipientCommunicationIdentifier),
  ],
  summary: ({ data }) => ({ deletedBy: data.deletedByCommunicationIdentifier?.rawId }),
});
