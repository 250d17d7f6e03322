import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { list } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, participant, perUser, threadContent } from "./members.ts";

export const chatThreadCreatedWithUser = defineEvent("Microsoft.Communication.ChatThreadCreatedWithUser", {
  description: "A chat thread was created; sent once per user of the thread.",
  data: Type.Object({
    ...perUser,
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
    person(data.recipientCommunicationIdentifier),
    ...(data.participants ?? []).map((each) => person(each.participantCommunicationIdentifier)),
  ],
  summary: ({ data }) => ({
    createdBy: data.createdByCommunicationIdentifier?.rawId,
    topic: data.properties?.topic,
    participants: data.participants?.length,
  }),
});
