import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { documented, time } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, inThread } from "./members.ts";

export const chatThreadDeleted = defineEvent("Microsoft.Communication.ChatThreadDeleted", {
  description: "A chat thread was deleted; sent once for the thread.",
  data: Type.Object({
    ...inThread,
    createTime,
    deletedByCommunicationIdentifier: identifier,
    deleteTime: time("When it was deleted"),
    reason: documented("string", "deletedByUser or deletedByPolicy"),
  }),
  key: ["threadId"],
  usual: ["deletedByCommunicationIdentifier", "deleteTime"],
  legacy: chatLegacy,
  entities: ({ data }) => [thread(data.threadId), person(data.deletedByCommunicationIdentifier)],
  summary: ({ data }) => ({ deletedBy: data.deletedByCommunicationIdentifier?.rawId }),
});
