import type { Static } from "typebox";
import * as Type from "typebox";
import { closed, maybe, text, time } from "./parts.ts";

export const deliveryReport = closed("What became of a message for one recipient: file deliveryReports.jsonl", {
  id: text("The same in every file that has this report"),
  channel: Type.Union([Type.Literal("sms"), Type.Literal("email"), Type.Literal("whatsapp")]),
  providerMessageId: maybe(text("The id that ACS gave the message")),
  from: maybe(text("The number, address or channel that it was sent from")),
  to: maybe(text("Whom it was sent to")),
  status: maybe(text("As the channel reports it")),
  details: maybe(Type.Unknown({ description: "More about the status" })),
  attempts: maybe(Type.Unknown({ description: "The attempts of the carrier" })),
  at: maybe(time("When it was reported")),
  tag: maybe(text("What the sender attached to the message")),
  event: text("Identity of the event that told it"),
});

export type DeliveryReport = Static<typeof deliveryReport>;
