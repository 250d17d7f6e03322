import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { email, person } from "../entities.ts";
import { documented, text, time } from "../fields.ts";
import { emailLegacy } from "./legacy.ts";

export const emailEngagementTrackingReportReceived = defineEvent(
  "Microsoft.Communication.EmailEngagementTrackingReportReceived",
  {
    description: "A recipient opened an e-mail or followed a link in it.",
    data: Type.Object({
      sender: text("The address that it was sent from", "donotreply@contoso.com"),
      recipient: text("Who did it; in no official sample"),
      messageId: text("The id that sending gave, a GUID"),
      internetMessageId: documented("string", "RFC 5322 id in angle brackets; in one example"),
      userActionTimestamp: time("When it happened"),
      engagementContext: text("The link that was followed; empty for a view"),
      userAgent: documented("string", "The program that it was read with"),
      engagementType: text("view or click", "view"),
    }),
    key: ["messageId"],
    usual: ["sender", "engagementType"],
    legacy: emailLegacy,
    entities: ({ data }) => [email(data.messageId), person(data.recipient)],
  },
);
