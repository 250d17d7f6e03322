import { afterAll, beforeAll, expect, it } from "vitest";
import { cloudEvent, eventGridEvent, fixtures, topic } from "../fixtures/eventFixtures.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp({ ALLOWED_TOPICS: `/subscriptions/another, ${topic.toUpperCase()}` });
});
afterAll(() => app?.close());

/** Posts one event to smsEvents twice, and gives the reasons that stand in its one document in quarantine. */
async function reasonsFor(event: Record<string, unknown>): Promise<string[]> {
  expect(await app.post("sms", [event])).toBe(202);
  expect(await app.post("sms", [event])).toBe(202);
  const kept = await app.store.quarantined(String(event.id));
  expect(kept).toHaveLength(1);
  expect(kept[0]?.event).toEqual(event);
  expect(await app.store.archived(String(event.id))).toEqual([]);
  return kept[0]?.reasons.map(({ code, pointer }) => `${code} ${pointer}`) ?? [];
}

it("keeps each wrong shape of each type once, with a reason that points to the fault, and acknowledges it", async () => {
  const statuses = fixtures.map(({ name, family, wrong }) => {
    const events = wrong.map(({ data }, index) => eventGridEvent(name, data, { id: `${name}-${index}` }));
    return app.post(family, [...events, ...events]);
  });
  expect(new Set(await Promise.all(statuses))).toEqual(new Set([202]));
  expect(await app.store.names("events")).toEqual([]);
  const names = await app.store.names("quarantine");
  expect(names).toHaveLength(fixtures.reduce((sum, { wrong }) => sum + wrong.length, 0));
  const expected = fixtures.flatMap(({ name, wrong }) =>
    wrong.map(({ pointer }, index) => ({
      pointer,
      blob: names.find((one) => one.includes(`/${name}-${index}.`)) ?? "",
    })),
  );
  const kept = expected.map(({ blob }) => app.store.read<{ reasons: { pointer: string }[] }>("quarantine", blob));
  for (const [index, { reasons }] of (await Promise.all(kept)).entries()) {
    expect(reasons.map(({ pointer }) => pointer)).toContain(expected[index]?.pointer);
  }
});

it("shows what is in quarantine in order of arrival", async () => {
  await reasonsFor(eventGridEvent("SMSRecieved", {}, { id: "listed" }));
  const rows = (await app.store.rows("timeline")).filter(({ blob }) => String(blob).includes("/listed."));
  expect(rows).toEqual([expect.objectContaining({ family: "sms", reason: "ACS_EVENTS_UNKNOWN_TYPE" })]);
  expect(rows[0]?.partitionKey).toMatch(/^arrived:quarantine:/);
});

it("says what is wrong with the envelope, under the names of the schema that came", async () => {
  const wrong: [Record<string, unknown>, string][] = [
    [
      eventGridEvent("SMSReceived", undefined, { eventType: "Microsoft.Storage.BlobCreated" }),
      "UNKNOWN_TYPE /eventType",
    ],
    [cloudEvent("SMSReceived", undefined, { type: "Contoso.Made" }), "UNKNOWN_TYPE /type"],
    [eventGridEvent("SMSReceived", undefined, { eventType: "" }), "NO_TYPE /eventType"],
    [eventGridEvent("SMSReceived", undefined, { eventTime: "yesterday" }), "BAD_TIME /eventTime"],
    [cloudEvent("SMSReceived", undefined, { time: 17 }), "BAD_TIME /time"],
    [eventGridEvent("SMSReceived", undefined, { data: "text" }), "DATA_NOT_AN_OBJECT /data"],
    [cloudEvent("SMSReceived", undefined, { data: null }), "DATA_NOT_AN_OBJECT /data"],
    [eventGridEvent("SMSReceived", undefined, { subject: {} }), "WRONG_TYPE /subject"],
  ];
  for (const [index, [event, reason]] of wrong.entries()) {
    expect(await reasonsFor({ ...event, id: `envelope-${index}` })).toEqual([`ACS_EVENTS_${reason}`]);
  }
});

it("takes events of the allowed topics only, letter case ignored", async () => {
  const own = eventGridEvent("SMSReceived", undefined, { id: "own", topic: topic.toLowerCase() });
  expect(await app.post("sms", [own])).toBe(202);
  expect(await app.store.archived("own")).toHaveLength(1);

  const refused = "ACS_EVENTS_TOPIC_NOT_ALLOWED";
  const foreign = { id: "foreign", topic: `${topic}-2` };
  expect(await reasonsFor(eventGridEvent("SMSReceived", undefined, foreign))).toEqual([`${refused} /topic`]);
  expect(await reasonsFor(eventGridEvent("SMSReceived", undefined, { id: "no-topic", topic: null }))).toEqual([
    `${refused} /topic`,
  ]);
  expect(await reasonsFor(cloudEvent("SMSReceived", undefined, { id: "source", source: "/contoso" }))).toEqual([
    `${refused} /source`,
  ]);
});

it("leaves a body that holds no event to the host, which answers 500", async () => {
  for (const body of ["{", "", "17", "null", '"text"', "[1]", "[[]]", "[null]"]) {
    expect(await app.post("sms", body)).toBe(500);
  }
});
