import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { person } from "../entities.ts";
import { identifierWithRawId } from "../models.ts";

export const userDisconnected = defineEvent("Microsoft.Communication.UserDisconnected", {
  description: "A user of the resource lost all connections.",
  data: Type.Object({
    userCommunicationIdentifier: identifierWithRawId,
  }),
  key: ["userCommunicationIdentifier"],
  entities: ({ data }) => [person(data.userCommunicationIdentifier)],
  summary: ({ data }) => ({ user: data.userCommunicationIdentifier.rawId }),
});
