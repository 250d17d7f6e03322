import { expect, it } from "vitest";
import { matches } from "../../dev/eventGrid/matches.ts";
import { textEvent } from "./textEvent.ts";

const subscription = { name: "smsEvents", endpoint: "", schema: "eventGrid" } as const;

it("matches no text by a subject prefix that lacks the leading slash of real subjects", () => {
  const includedEventTypes = [
    "Microsoft.Communication.SMSReceived",
    "Microsoft.Communication.SMSDeliveryReportReceived",
  ];
  const event = textEvent({ subject: "/phonenumber/15550100200" });
  expect(matches({ ...subscription, includedEventTypes, subjectBeginsWith: "phonenumber/1555" }, event)).toBe(false);
  expect(matches({ ...subscription, includedEventTypes, subjectBeginsWith: "/phonenumber/1555" }, event)).toBe(true);
});

it("compares types and subjects without letter case, in both envelopes", () => {
  const filter = {
    ...subscription,
    includedEventTypes: ["microsoft.communication.smsRECEIVED"],
    subjectBeginsWith: "/PhoneNumber/",
  };
  expect(matches(filter, textEvent())).toBe(true);
  expect(matches(filter, { type: "Microsoft.Communication.SMSReceived", subject: "/phonenumber/1" })).toBe(true);
  expect(matches(filter, textEvent({ eventType: "Microsoft.Communication.SMSDeliveryReportReceived" }))).toBe(false);
});

it("matches the end of a subject", () => {
  expect(matches({ ...subscription, subjectEndsWith: "00200" }, textEvent())).toBe(true);
  expect(matches({ ...subscription, subjectEndsWith: "00300" }, textEvent())).toBe(false);
});

it("lets an event without type or subject through only where no filter asks for them", () => {
  expect(matches(subscription, {})).toBe(true);
  expect(matches({ ...subscription, includedEventTypes: ["a"] }, {})).toBe(false);
  expect(matches({ ...subscription, subjectBeginsWith: "/" }, {})).toBe(false);
});
