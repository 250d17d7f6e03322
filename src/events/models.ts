// Models that several families share. Source: fields.md, section 2 ("Shared models").
import type { Static } from "typebox";
import * as Type from "typebox";
import { allOptional, documented, members, text } from "./fields.ts";

const identifierMembers = {
  kind: documented(
    "string",
    "communicationUser, phoneNumber, microsoftTeamsUser, microsoftTeamsApp, unknown; mostly absent",
  ),
  communicationUser: members("Set for a user of the ACS resource", { id: text("The same as rawId") }),
  phoneNumber: members("Set for a phone number", {
    value: text("E.164", "+14255550123"),
    isAnonymous: documented("boolean", "The caller withheld the number"),
    assertedId: documented("string", "Tells calls of one number apart"),
  }),
  microsoftTeamsUser: members("Set for a user of Teams", {
    userId: text("Object id in Entra, unless anonymous"),
    isAnonymous: documented("boolean", "Joined without signing in"),
    cloud: documented("string", "public, dod, gcch"),
  }),
  microsoftTeamsApp: documented("object", "Set for a Teams app, such as a call queue: appId, cloud"),
  teamsExtensionUser: documented("object", "Set for a Teams Phone extensibility user: userId, tenantId, resourceId"),
};

/** CommunicationIdentifierModel: who takes part. At most one of the nested members is set. */
export const identifier = members("Who, as a communication identifier", {
  rawId: text("8:acs:… user, 8:orgid:… Teams user, 28:orgid:… Teams app, 4:+… phone number", "4:+14255550123"),
  ...identifierMembers,
});

/** An identifier without which the event would say nothing. */
export const identifierWithRawId = Type.Object(
  {
    rawId: Type.String({ minLength: 1, description: "The raw id" }),
    ...allOptional(identifierMembers),
  },
  { description: "Who, as a communication identifier" },
);

export type Identifier = Static<typeof identifier>;
