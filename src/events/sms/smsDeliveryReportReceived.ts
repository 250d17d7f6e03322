import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { conversation, person } from "../entities.ts";
import { amount, list, members, text, time } from "../fields.ts";
import { pascalCase } from "./legacy.ts";

export const smsDeliveryReportReceived = defineEvent("Microsoft.Communication.SMSDeliveryReportReceived", {
  description: "A carrier reported what became of a text message that the resource sent.",
  data: Type.Object({
    messageId: text("The id that sending the text gave", "Outgoing_202611200930456c1e9a5d-7a44-4a9c-8d0e-6f5b4c3a2b10"),
    from: text("The number of the resource, or the name or short code, that sent the text", "+18005550100"),
    to: text("Whom it was sent to", "+14255550123"),
    deliveryStatus: text("Delivered or Failed; other values may appear", "Delivered"),
    deliveryStatusDetails: text("Free text", "No error."),
    deliveryAttempts: list(
      "Each attempt of the carrier",
      members("One attempt", {
        timestamp: time("When it was made"),
        segmentsSucceeded: amount("Segments delivered"),
        segmentsFailed: amount("Segments not delivered"),
      }),
    ),
    receivedTimestamp: time("When the report arrived"),
    tag: text("What the sender of the text attached to it"),
  }),
  key: ["messageId", "from", "to"],
  usual: ["deliveryStatus", "receivedTimestamp"],
  legacy: pascalCase,
  entities: ({ data }) => [conversation(data.from, data.to), person(data.to)],
});
