import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person, thread } from "../entities.ts";
import { time } from "../fields.ts";
import { identifier } from "../models.ts";
import { chatLegacy } from "./legacy.ts";
import { createTime, perUser, threadContent } from "./members.ts";

export const chatThreadPropertiesUpdatedPerUser = defineEvent(
  "Microsoft.Communication.ChatThreadPropertiesUpdatedPerUser",
  {
    description: "The topic or another property of a chat thread changed; sent once per user of the thread.",
    data: Type.Object({
      ...perUser,
      ...threadContent,
      createTime,
      editedByCommunicationIdentifier: identifier,
      editTime: time("When it was changed"),
    }),
    key: ["threadId"],
    usual: ["editedByCommunicationIdentifier", "editTime", "properties"],
    legacy: chatLegacy,
    entities: ({ data }) => [
      thread(data.threadId),
      person(data.editedByCommunicationIdentifier),
      person(data.recipientCommunicationIdentifier),
    ],
    summary: ({ data }) => ({
      editedBy: data.editedByCommunicationIdentifier?.rawId,
      topic: data.properties?.topic,
    }),
  },
);
