import { afterAll, beforeAll, expect, it } from "vitest";
import { accept } from "../../src/events/accept.ts";
import { families } from "../../src/events/families.ts";
import { archiveName } from "../../src/storage/archive.ts";
import { cloudEvent, eventGridEvent, fixtures } from "../fixtures/eventFixtures.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  // AUTO_REPLY as it is where nobody set it.
  app = await startApp({ AUTO_REPLY: "" });
  for (const { documentId } of chunksOfFixture())
    await app.acs.addRecording({ documentId, bytes: 1000, seed: documentId });
});
afterAll(() => app?.close());

const inEventGridSchema = fixtures.map(({ name, data }) => eventGridEvent(name, data, { id: `${name}-1` }));
const inCloudEvents = fixtures.map(({ name, data }) => cloudEvent(name, data, { id: `${name}-2` }));

it("keeps every type in both envelopes: archived as received, indexed under each entity and in order of arrival", async () => {
  const events = [...inEventGridSchema, ...inCloudEvents].map((raw) => accept(raw));
  const statuses = families.map((family) =>
    app.post(
      family,
      events.flatMap((event) => (event.family === family ? [event.raw] : [])),
    ),
  );
  expect(new Set(await Promise.all(statuses))).toEqual(new Set([202]));
  await app.idle();

  expect(fixtures).toHaveLength(101);
  expect((await app.store.names("events")).sort()).toEqual(events.map(archiveName).sort());
  const timeline = await app.store.rows("timeline");
  const rows = new Set(timeline.map(({ partitionKey, rowKey }) => `${partitionKey} ${rowKey.split("_").at(-1)}`));
  for (const event of events) {
    expect(await app.store.read("events", archiveName(event))).toEqual(event.raw);
    expect(event.entities).not.toEqual([]);
    for (const entity of event.entities) expect(rows).toContain(`${entity} ${event.identity}`);
    const arrived = timeline.filter(
      ({ partitionKey, rowKey }) =>
        partitionKey.startsWith(`arrived:${event.family}:`) && rowKey.endsWith(event.identity),
    );
    expect(arrived).toHaveLength(1);
  }
});

it("takes the same event in the other envelope for what it is: a second delivery", async () => {
  const before = await app.store.names("events");
  for (const { name, data, family } of fixtures) {
    expect(await app.post(family, [cloudEvent(name, data, { id: `${name}-1` })])).toBe(202);
  }
  expect(await app.store.names("events")).toEqual(before);
});

it("takes a single event that is no array", async () => {
  expect(await app.post("sms", cloudEvent("SMSReceived", undefined, { id: "single" }))).toBe(202);
  expect(await app.store.archived("single")).toHaveLength(1);
});

it("answers no text unless AUTO_REPLY is on", async () => {
  await app.publish([textEvent("unanswered")]);
  expect(await app.store.archived("unanswered")).toHaveLength(1);
  expect(app.acs.messages()).toEqual([]);
});

it("keeps two different events under one id, and events without an id", async () => {
  const twins = [textEvent("m-1", { message: "one" }, "twin"), textEvent("m-2", { message: "two" }, "twin")];
  const nameless = [1, 2].map((minute) => ({
    ...textEvent("nameless"),
    id: null,
    eventTime: `2026-11-20T09:3${minute}:00Z`,
  }));
  await app.publish([...twins, ...nameless]);
  expect(await app.store.archived("twin")).toHaveLength(2);
  expect(await app.store.archived("!")).toHaveLength(2);
});

it("handles an event at another family's function by its type, with a warning that names the filter", async () => {
  const stray = cloudEvent("CallStarted", undefined, { id: "stray", subject: "call/stray" });
  expect(await app.post("sms", [stray])).toBe(202);
  const [name = ""] = (await app.store.names("events", "call/CallStarted/")).filter((blob) => blob.includes("/stray."));
  const rows = (await app.store.rows("timeline")).filter(({ blob }) => blob === name);
  expect(rows.length).toBeGreaterThan(1);
  for (const row of rows) expect(row.warnings).toContain("smsEvents lacks a filter by includedEventTypes");
});

it("shows events in order of their time, in whatever order they came", async () => {
  const minutes = ["09:01", "09:02", "09:03", "09:04", "09:05"];
  const events = minutes.map((minute) => ({
    ...eventGridEvent("ChatMessageReceivedInThread", { threadId: "shuffled", messageId: minute }),
    id: minute,
    eventTime: `2026-11-20T${minute}:00Z`,
  }));
  await app.publish(events.toReversed(), { shuffle: true, batch: 1, parallel: true });
  const rows = await app.store.timeline("thread:shuffled");
  expect(rows.map(({ time }) => String(time).slice(11, 16))).toEqual(minutes);
});

function chunksOfFixture(): { documentId: string }[] {
  type Info = { recordingChunks: { documentId: string }[] } | undefined;
  return fixtures.flatMap(({ data }) => (data.recordingStorageInfo as Info)?.recordingChunks ?? []);
}
