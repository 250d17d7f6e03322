import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { email, person } from "../entities.ts";
import { documented, text, time } from "../fields.ts";
import { emailLegacy } from "./legacy.ts";

export const emailDeliveryReportReceived = defineEvent("Microsoft.Communication.EmailDeliveryReportReceived", {
  description: "What became of an e-mail for one recipient.",
  data: Type.Object({
    sender: text("The address that it was sent from", "donotreply@contoso.com"),
    recipient: text("The address that it was sent to"),
    messageId: text("The id that sending gave, a GUID"),
    internetMessageId: documented("string", "RFC 5322 id in angle brackets; absent when suppressed"),
    status: text(
      "Delivered; all else is a failure: Bounced, Failed, FilteredSpam, Quarantined, Suppressed, Expanded",
      "Delivered",
    ),
    deliveryStatusDetails: documented("object", "More about the status", {
      statusMessage: documented("string", "Free text"),
      recipientMailServerHostName: documented("string", "Absent when suppressed"),
    }),
    deliveryAttemptTimestamp: time("When delivery was attempted"),
  }),
  key: ["messageId"],
  usual: ["sender", "recipient", "status"],
  legacy: emailLegacy,
  entities: ({ data }) => [email(data.messageId), person(data.recipient)],
});
