import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { conversation, person } from "../entities.ts";
import { documented, text, time } from "../fields.ts";
import { pascalCase } from "./legacy.ts";

export const smsReceived = defineEvent("Microsoft.Communication.SMSReceived", {
  description: "A text message arrived at a phone number of the resource.",
  data: Type.Object({
    messageId: text(
      "The id of the text, unique per number",
      "Incoming_202611200930456c1e9a5d-7a44-4a9c-8d0e-6f5b4c3a2b10",
    ),
    from: text("Who sent it: a phone number with or without +, or a short code", "+14255550123"),
    to: text("The number of the resource that was texted, with or without +", "18005550100"),
    message: text("The words of the text"),
    receivedTimestamp: time("When the text arrived"),
    segmentCount: documented("number", "Into how many segments the carrier split the text; since 2025"),
  }),
  key: ["messageId", "from", "to"],
  usual: ["message", "receivedTimestamp"],
  legacy: pascalCase,
  entities: ({ data }) => [conversation(data.to, data.from), person(data.from)],
});
