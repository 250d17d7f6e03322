import { describe, expect, it } from "vitest";
import { accept } from "../../src/events/accept.ts";
import { definitions } from "../../src/events/definitions.ts";
import { identityOf } from "../../src/events/identity.ts";
import { cloudEvent, eventGridEvent, fixtures, topic } from "../fixtures/eventFixtures.ts";
import { reasonsOf } from "./reasonsOf.ts";

describe.each(fixtures)("$name", (fixture) => {
  const { name, family, data } = fixture;

  it("is accepted in both envelopes as one and the same event", () => {
    const event = accept(eventGridEvent(name, data));
    const cloud = accept(cloudEvent(name, data));
    const type = `Microsoft.Communication.${name}`;
    expect(event).toMatchObject({
      name,
      type,
      family,
      data,
      topic,
      time: "2026-11-20T09:30:00.1234567Z",
      schema: "eventGrid",
    });
    expect(cloud).toMatchObject({ name, type, family, data, entities: event.entities, schema: "cloudEvents" });
    expect(cloud.identity).toBe(event.identity);
    expect(event.warnings).toEqual([]);
  });

  it("names at least one entity, each once", () => {
    const { entities } = accept(eventGridEvent(name, data));
    expect(entities.length).toBeGreaterThan(0);
    expect(new Set(entities).size).toBe(entities.length);
  });

  it("is refused in at least three wrong shapes, with the path of what is wrong", () => {
    expect(fixture.wrong.length).toBeGreaterThanOrEqual(3);
    for (const { data: wrong, pointer } of fixture.wrong) {
      for (const event of [eventGridEvent(name, wrong), cloudEvent(name, wrong)]) {
        expect(reasonsOf(event).map((reason) => reason.pointer)).toEqual([pointer]);
      }
    }
  });
});

describe.each(fixtures.filter((fixture) => fixture.legacy.length > 0))("$name of older shape", (fixture) => {
  it("is brought to today's", () => {
    const { name, data } = fixture;
    for (const { name: alias = name, data: old } of fixture.legacy) {
      const event = accept(eventGridEvent(alias, old, { subject: fixture.subject }));
      expect(event.name).toBe(name);
      expect(event.data).toEqual(data);
      expect(event.entities).toEqual(accept(eventGridEvent(name, data)).entities);
      expect(event.warnings).toEqual([]);
    }
  });
});

describe("the fixtures", () => {
  it("are of every type", () => {
    expect(fixtures.map((fixture) => fixture.name).sort()).toEqual(
      definitions.map((definition) => definition.name).sort(),
    );
    expect(definitions).toHaveLength(101);
  });
});

describe("the envelope", () => {
  const sms = eventGridEvent("SMSReceived");

  it("may have a type in other letters, no id, no topic, no subject and no time", () => {
    const type = "microsoft.communication.smsreceived";
    const event = accept({ eventType: type, id: null, topic: null, data: sms.data });
    expect(event).toMatchObject({ name: "SMSReceived", id: null, topic: null, subject: null, time: null });
    expect(event.warnings).toEqual(["no event time"]);
  });

  it("may misspell specversion", () => {
    const { specversion, ...rest } = cloudEvent("SMSReceived");
    expect(accept({ ...rest, specVersion: specversion }).name).toBe("SMSReceived");
  });

  it("counts by the type that can be used when members of both schemas are there", () => {
    expect(accept({ ...cloudEvent("SMSReceived"), eventType: null }).schema).toBe("cloudEvents");
    expect(accept({ ...sms, type: 5 }).schema).toBe("eventGrid");
  });

  it.each([null, 17, "an event", true, [sms]])("is refused when it is no object: %j", (raw) => {
    expect(reasonsOf(raw)).toMatchObject([{ code: "ACS_EVENTS_NOT_AN_EVENT", pointer: "" }]);
  });

  it.each([
    [{ eventType: undefined }, "ACS_EVENTS_NO_TYPE", "/eventType"],
    [{ eventType: "" }, "ACS_EVENTS_NO_TYPE", "/eventType"],
    [{ eventType: "Contoso.SMSReceived" }, "ACS_EVENTS_UNKNOWN_TYPE", "/eventType"],
    [{ eventType: "Microsoft.Communication.ExperimentalEvent" }, "ACS_EVENTS_UNKNOWN_TYPE", "/eventType"],
    [{ eventTime: "yesterday" }, "ACS_EVENTS_BAD_TIME", "/eventTime"],
    [{ eventTime: 1795253400 }, "ACS_EVENTS_BAD_TIME", "/eventTime"],
    [{ data: null }, "ACS_EVENTS_DATA_NOT_AN_OBJECT", "/data"],
    [{ data: [sms.data] }, "ACS_EVENTS_DATA_NOT_AN_OBJECT", "/data"],
    [{ id: 5 }, "ACS_EVENTS_WRONG_TYPE", "/id"],
    [{ topic: {} }, "ACS_EVENTS_WRONG_TYPE", "/topic"],
    [{ subject: [] }, "ACS_EVENTS_WRONG_TYPE", "/subject"],
  ])("is refused with %j", (change, code, pointer) => {
    expect(reasonsOf({ ...sms, ...change })).toMatchObject([{ code, pointer }]);
  });

  it("is refused with all that is wrong at once, at most 20 reasons", () => {
    const wrong = cloudEvent("SMSReceived", { MessageId: 5, to: {} }, { id: 1, time: "noon", subject: false });
    expect(
      reasonsOf(wrong)
        .map((reason) => reason.pointer)
        .sort(),
    ).toEqual(["/data/MessageId", "/data/from", "/data/to", "/id", "/subject", "/time"]);
    const recordingChunks = Array.from({ length: 1000 }, () => 5);
    expect(
      reasonsOf(eventGridEvent("RecordingFileStatusUpdated", { recordingStorageInfo: { recordingChunks } })),
    ).toHaveLength(20);
  });
});

describe("allowed topics", () => {
  const allowedTopics = new Set([topic.toLowerCase()]);

  it("let events of their resources in, in any letter case", () => {
    expect(
      accept(eventGridEvent("SMSReceived", undefined, { topic: topic.toUpperCase() }), { allowedTopics }),
    ).toBeTruthy();
    expect(accept(cloudEvent("SMSReceived"), { allowedTopics })).toBeTruthy();
  });

  it("keep events of other resources and events without a topic out", () => {
    for (const foreign of ["/subscriptions/other", null]) {
      const reasons = reasonsOf(eventGridEvent("SMSReceived", undefined, { topic: foreign }), { allowedTopics });
      expect(reasons).toMatchObject([{ code: "ACS_EVENTS_TOPIC_NOT_ALLOWED", pointer: "/topic" }]);
    }
  });
});

describe("reasons", () => {
  it("point to members by the names under which they were received", () => {
    const at = (name: string, data: Record<string, unknown>) =>
      reasonsOf(eventGridEvent(name, data)).map((each) => each.pointer);
    expect(at("SMSReceived", { MessageId: "m", From: 5, To: "" })).toEqual(["/data/From", "/data/To"]);
    expect(
      at("SMSDeliveryReportReceived", {
        messageId: "m",
        from: "1",
        to: "2",
        DeliveryAttempts: [{ SegmentsFailed: "x" }],
      }),
    ).toEqual(["/data/DeliveryAttempts/0/SegmentsFailed"]);
    expect(at("ChatThreadCreatedWithUser", { threadId: "t", members: [{ memberId: 5 }] })).toEqual([
      "/data/members/0/memberId",
    ]);
    expect(at("ChatMemberAddedToThreadWithUser", { threadId: "t", memberAdded: { displayName: 5 } })).toEqual([
      "/data/memberAdded/displayName",
    ]);
    expect(at("CallStarted", { serverCallId: "c", startedBy: { rawId: 5 } })).toEqual(["/data/startedBy/rawId"]);
    expect(at("CallEnded", { serverCallId: "c", endedBy: { communicationidentifier: 5 } })).toEqual([
      "/data/endedBy/communicationidentifier",
    ]);
  });

  it("name types of values, never the values", () => {
    const event = eventGridEvent("SMSReceived", { messageId: "m", from: ["+14255550123"], to: "+14255550100" });
    expect(reasonsOf(event)).toEqual([
      { code: "ACS_EVENTS_WRONG_TYPE", pointer: "/data/from", expected: "string", found: "array" },
    ]);
  });

  it("quote an unknown type in at most 200 characters that print", () => {
    const [reason] = reasonsOf(eventGridEvent("SMSReceived", undefined, { eventType: `\u0000\n${"x".repeat(5000)}` }));
    expect(reason?.found).toMatch(/^x{198}…$/);
  });
});

describe("identity", () => {
  const sms = eventGridEvent("SMSReceived");

  it("ignores what Event Grid adds or spells otherwise on the way", () => {
    const again = {
      ...sms,
      topic: topic.toLowerCase(),
      dataVersion: "2",
      deadLetterReason: "Timeout",
      eventTime: "2026-11-20T10:30:00.1234567+01:00",
    };
    expect(identityOf(again)).toBe(identityOf(sms));
    expect(identityOf(sms)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    { id: "another" },
    { subject: "/phonenumber/1" },
    { data: {} },
    { eventTime: "2026-11-20T09:30:01Z" },
    { topic: null },
  ])("differs with %j", (change) => {
    expect(identityOf({ ...sms, ...change })).not.toBe(identityOf(sms));
  });

  it("tells things without a type apart by all that they are", () => {
    expect(identityOf({ a: 1 })).not.toBe(identityOf({ a: 2 }));
    expect(identityOf({ a: 1, b: 2 })).toBe(identityOf({ b: 2, a: 1 }));
  });
});

it("points at a member that came as null under its old name", () => {
  const data = { MessageId: "text-17", From: null, To: "18005550100", Message: "Hello" };
  expect(reasonsOf(eventGridEvent("SMSReceived", data))).toMatchObject([
    { code: "ACS_EVENTS_MISSING", pointer: "/data/From" },
  ]);
});
