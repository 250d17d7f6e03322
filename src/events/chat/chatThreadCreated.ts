import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { list } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, inThread, participant, threadContent } from "./members.ts";

export const chatThreadCreated = defineEvent("Microsoft.Communication.ChatThreadCreated", {
  description: "A chat thread was created; sent once for the thread.",
  data: Type.Object({
    ...inThread,
    ...threadContent,
    createTime,
    createdByCommunicationIdentifier: identifier,
    participants: list("Who is in the thread from the start", participant),
  }),
  key: ["threadId"],
  usual: ["createdByCommunicationIdentifier", "participants"],
  legacy: chatLegacy,
  entities: ({ data }) => [
    thread(data.threadId),
    person(data.createdByCommunicationIdentifier),
    ...(data.participants ?? []).map((each) => person(each.participantCommunicationIdentifier)),
  ],
  summary: ({ data }) => ({
    createdBy: data.createdByCommunicationIdentifier?.rawId,
    topic: data.properties?.topic,
    participants: data.participants?.length,
  }),
});
