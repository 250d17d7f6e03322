import { describe, expect, it } from "vitest";
import { accept } from "../../src/events/accept.ts";
import { is } from "../../src/events/acsEvent.ts";
import { definitionOf } from "../../src/events/definitions.ts";
import { conversation, person } from "../../src/events/entities.ts";
import { parseEventTime } from "../../src/events/eventTime.ts";
import { toE164 } from "../../src/events/phoneNumber.ts";
import { smsReceived } from "../../src/events/sms/smsReceived.ts";
import { parseSubject } from "../../src/events/subject.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";

describe("event times", () => {
  it.each([
    ["2026-11-20T09:30:00Z", "2026-11-20T09:30:00.0000000Z"],
    ["2026-11-20T09:30:00.1234567Z", "2026-11-20T09:30:00.1234567Z"],
    ["2026-11-20T09:30:00.5+00:00", "2026-11-20T09:30:00.5000000Z"],
    ["2026-11-20T20:30:00.1234567-08:00", "2026-11-21T04:30:00.1234567Z"],
    ["2026-01-01T00:15:00+00:30", "2025-12-31T23:45:00.0000000Z"],
    ["2028-02-29T00:00:00Z", "2028-02-29T00:00:00.0000000Z"],
    ["0050-01-01T00:00:00Z", "0050-01-01T00:00:00.0000000Z"],
    ["3/28/2007 7:13:50 PM +00:00", "2007-03-28T19:13:50.0000000Z"],
    ["12/31/2007 12:13:50 AM -01:00", "2007-12-31T01:13:50.0000000Z"],
  ])("%s is %s", (text, utc) => {
    expect(parseEventTime(text)).toBe(utc);
  });

  it.each([
    ["no time", "yesterday"],
    ["empty", ""],
    ["without an offset", "2026-11-20T09:30:00"],
    ["a date only", "2026-11-20"],
    ["February 29 of a common year", "2026-02-29T09:30:00Z"],
    ["February 29 of 2100", "2100-02-29T09:30:00Z"],
    ["month 13", "2026-13-20T09:30:00Z"],
    ["day 0", "2026-11-00T09:30:00Z"],
    ["hour 24", "2026-11-20T24:00:00Z"],
    ["minute 60", "2026-11-20T09:60:00Z"],
    ["offset +25:00", "2026-11-20T09:30:00+25:00"],
    ["eight fraction digits", "2026-11-20T09:30:00.12345678Z"],
    ["after year 9999 in UTC", "9999-12-31T23:59:59-01:00"],
    ["before year 0 in UTC", "0000-01-01T00:00:00+01:00"],
    ["13 o'clock PM", "3/28/2007 13:13:50 PM +00:00"],
    ["a day too many", "2/30/2007 7:13:50 PM +00:00"],
  ])("%s is refused", (_, text) => {
    expect(parseEventTime(text)).toBeUndefined();
  });
});

describe("phone numbers", () => {
  it.each([
    ["14255550123", "+14255550123"],
    ["+14255550123", "+14255550123"],
    ["442079460123", "+442079460123"],
    ["41100", "41100"],
    ["425555", "425555"],
    ["CONTOSO", "CONTOSO"],
    ["Contoso24", "Contoso24"],
    ["1425555012345", "1425555012345"],
    ["0014255550123", "0014255550123"],
    ["{sender@id}", "{sender@id}"],
    ["", ""],
  ])("%j becomes %j", (value, number) => {
    expect(toE164(value)).toBe(number);
  });
});

describe("subjects", () => {
  it.each([
    ["/phonenumber/14255550123", { phoneNumber: "14255550123" }],
    ["phonenumber/14255550123", { phoneNumber: "14255550123" }],
    [
      "thread/19:a@thread.v2/sender/8:acs:x/recipient/8:acs:y",
      { thread: "19:a@thread.v2", sender: "8:acs:x", recipient: "8:acs:y" },
    ],
    ["thread/19%3Aa%40thread.v2/participantadded/8:x", { thread: "19:a@thread.v2", participantAdded: "8:x" }],
    [
      "thread/t/senderCommunicationIdentifierRawId/a/recipientCommunicationIdentifierRawId/b",
      { thread: "t", sender: "a", recipient: "b" },
    ],
    ["call/c/startedBy/8:x", { call: "c", startedBy: "8:x" }],
    ["/caller/4:+1/recipient/8:x", { caller: "4:+1", recipient: "8:x" }],
    ["/recording/call/c/recordingId/r", { call: "c", recordingId: "r" }],
    ["/Recording/Call/c/ServerCallId/s/RecordingID/r", { call: "c", serverCallId: "s", recordingId: "r" }],
    ["/recording/call/c", { call: "c" }],
    ["user/8:x", { user: "8:x" }],
    ["sender/a@contoso.example/message/m", { sender: "a@contoso.example", message: "m" }],
    ["advancedMessage/sender/s/recipient/c", { sender: "s", recipient: "c" }],
    ["advancedMessage/m/status/Sent", { advancedMessage: "m", status: "Sent" }],
    ["advanceMessageAnalysis/sender/s/recipient/r", { sender: "s", recipient: "r" }],
    ["job/j/channel/queue/queue/q", { job: "j", channel: "queue", queue: "q" }],
    ["worker/w/job/j", { worker: "w", job: "j" }],
    ["callLeg/l/callState", { callLeg: "l" }],
    ["call/%E0%A4%A/participant/8:x", { call: "%E0%A4%A", participant: "8:x" }],
    ["__proto__/x/call", {}],
    ["", {}],
  ])("%s", (subject, parts) => {
    expect(parseSubject(subject)).toEqual(parts);
  });
});

describe("entities", () => {
  it("are one person however a number is written", () => {
    const writings = ["14255550123", "+14255550123", "4:+14255550123", "4:14255550123", "4:+14255550123_17a"];
    expect(new Set(writings.map(person))).toEqual(new Set(["person:+14255550123"]));
    expect(person({ phoneNumber: { value: "+14255550123" } })).toBe("person:+14255550123");
  });

  it("leave out apps, withheld numbers and ids that name nothing", () => {
    const nobody = ["28:orgid:17", "4:anonymous", "", "00000000-0000-0000-0000-000000000000", undefined];
    expect(nobody.map(person)).toEqual(nobody.map(() => undefined));
  });

  it("are one conversation in both directions", () => {
    const received = accept(eventGridEvent("SMSReceived", { messageId: "m", from: "14255550123", to: "+14255550100" }));
    const report = accept(
      eventGridEvent("SMSDeliveryReportReceived", { messageId: "m", from: "14255550100", to: "14255550123" }),
    );
    expect(received.entities).toEqual([conversation("+14255550100", "+14255550123"), "person:+14255550123"]);
    expect(report.entities).toEqual(received.entities);
  });
});

describe("recordings", () => {
  const recordingStorageInfo = { recordingChunks: [{ documentId: "0-contoso-d1" }] };
  const named = (data: object, subject: string) =>
    accept(eventGridEvent("RecordingFileStatusUpdated", { recordingStorageInfo, ...data }, { subject })).entities;

  it("are named by data, else by subject, else by call and start, else by their first chunk", () => {
    const start = { recordingStartTime: "2026-11-20T09:00:00Z" };
    expect(named({ recordingId: "r1" }, "/recording/call/c/recordingId/r2")).toEqual(["recording:r1"]);
    expect(named({}, "/recording/call/c/serverCallId/s/recordingId/r2")).toEqual(["recording:r2", "call:s"]);
    expect(named(start, "/recording/call/c")).toEqual(["recording:call-c-2026-11-20T09:00:00Z"]);
    expect(named(start, "")).toEqual(["recording:document-0-contoso-d1"]);
  });

  it("have a name even with nothing to go by", () => {
    expect(named({ recordingStorageInfo: { recordingChunks: [] } }, "")[0]).toMatch(/^recording:event-[0-9a-f]{64}$/);
  });
});

describe("an accepted event", () => {
  it("has no group when the group id is all zero", () => {
    const group = { id: "00000000-0000-0000-0000-000000000000" };
    const event = accept(eventGridEvent("CallStarted", { serverCallId: "c", group }));
    expect("group" in event.data).toBe(false);
  });

  it("has no nulls, and is the data itself where there were none", () => {
    const data = {
      messageId: "m",
      from: "+14255550123",
      to: "+14255550100",
      message: null,
      extra: { deep: [{ none: null }] },
    };
    expect(accept(eventGridEvent("SMSReceived", data)).data).toEqual({
      messageId: "m",
      from: "+14255550123",
      to: "+14255550100",
      extra: { deep: [{}] },
    });
    const raw = eventGridEvent("SMSReceived");
    expect(accept(raw).data).toBe(raw.data);
  });

  it("keeps the current member where an old one is present too", () => {
    const event = accept(
      eventGridEvent("SMSReceived", { messageId: "now", MessageId: "then", From: "+14255550123", to: "+14255550100" }),
    );
    expect(event.data).toEqual({ messageId: "now", from: "+14255550123", to: "+14255550100" });
  });

  it("warns of unknown, unusual and missing members", () => {
    const event = accept(
      eventGridEvent("SMSReceived", { messageId: "m", From: "1", to: "2", segmentCount: "1", "a/b\n": 1, message: "" }),
    );
    expect(event.warnings).toEqual([
      "no member /data/receivedTimestamp",
      "/data/segmentCount is usually number, here string",
      "unknown member /data/a~1b",
    ]);
  });

  it("has a summary of at most 4 KB that does not hold the context of an incoming call", () => {
    const long = accept(
      eventGridEvent("SMSReceived", {
        messageId: "m".repeat(9000),
        from: "1",
        to: "2",
        message: "\u0001😀".repeat(9000),
      }),
    );
    expect(Buffer.byteLength(JSON.stringify(long.summary))).toBeLessThanOrEqual(4096);
    expect(accept(eventGridEvent("IncomingCall")).summary).not.toHaveProperty("incomingCallContext");
  });

  it("is indexed under at most 500 entities", () => {
    const participants = Array.from({ length: 20_000 }, (_, index) => ({
      participantCommunicationIdentifier: { rawId: `8:${index}` },
    }));
    const event = accept(eventGridEvent("ChatThreadCreated", { threadId: "t", participants }));
    expect(event.entities).toHaveLength(500);
    expect(event.warnings).toContain("indexed under the first 500 entities only");
  });

  it("is narrowed to its type by the definition", () => {
    const event = accept(eventGridEvent("SMSReceived"));
    expect(is(smsReceived, event) && event.data.from).toBe("+14255550123");
    expect(is(smsReceived, accept(eventGridEvent("UserDisconnected")))).toBe(false);
  });
});

it("finds definitions by any name in any letter case, and nothing else", () => {
  expect(definitionOf("MICROSOFT.COMMUNICATION.chatazurebotcommand")?.name).toBe("ChatAzureBotCommandReceivedInThread");
  expect(definitionOf("SMSReceived")).toBeUndefined();
  expect(definitionOf("__proto__")).toBeUndefined();
});
