import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

const day = 86_400_000;

let app: App;
beforeAll(async () => {
  app = await startApp({ RETENTION_RECORDINGS_DAYS: "30", RETENTION_EVENTS_DAYS: "30" });
});
afterAll(() => app?.close());

async function record(name: string): Promise<unknown> {
  const chunks = await Promise.all([0, 1].map((index) => addChunk(app, index, { documentId: `${name}-${index}` })));
  const event = recordingEvent(
    name,
    chunks.map(({ chunk }) => chunk),
  );
  await app.publish([event]);
  return event;
}

it("ends a recording as a whole once it is settled and old enough, and keeps one that is not", async () => {
  const event = await record("old");
  await app.host.runTimer("reconcileRecordings");
  // The sweep has settled the one; the other waits for the next.
  await record("open");
  await app.moveClock(20 * day);
  await app.host.runTimer("enforceRetention");
  expect(await app.store.names("recordings", "old/")).toHaveLength(5);

  await app.moveClock(33 * day);
  await app.host.runTimer("enforceRetention");
  expect(await app.store.names("recordings", "old/")).toEqual([]);
  expect(await app.store.names("recordings", "open/")).toHaveLength(5);
  expect(await app.store.names("events", "recording/")).toHaveLength(1);

  await app.host.runTimer("reconcileRecordings");
  await app.moveClock(34 * day);
  await app.host.runTimer("enforceRetention");
  expect(await app.store.names("recordings")).toEqual([]);
  expect(await app.store.names("events", "recording/")).toEqual([]);
  expect((await app.store.names("tombstones")).map((name) => name.replace(/\d{4}-\d\d-\d\d/, "DAY")).sort()).toEqual([
    "retention/recording/DAY.json",
    "retention/recordingFile/DAY.json",
  ]);
  const list = (await (await app.get("/api/recordings?from=2020-01-01")).json()) as { value: unknown[] };
  expect(list.value).toEqual([]);
  expect((await app.get("/api/recordings/old/chunks/0/content")).status).toBe(410);
  expect((await app.store.rows("timeline")).filter((row) => JSON.stringify(row).includes("old"))).toEqual([]);

  // Whoever brings the event again brings no recording back, and no job that fails.
  await app.publish([event]);
  expect(await app.store.names("recordings", "old/0")).toEqual([]);
  expect(await app.store.problems()).toEqual([]);
});
