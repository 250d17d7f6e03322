import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { eventOf } from "../../bench/fillArchive.ts";
import { announce } from "../../src/announce.ts";
import { accept } from "../../src/events/accept.ts";
import type { AcsEvent } from "../../src/events/acsEvent.ts";
import { enforceRetention } from "../../src/retention/enforceRetention.ts";
import { archive } from "../../src/storage/archive.ts";
import { index } from "../../src/storage/timeline.ts";
import type { Told } from "../../src/telemetry/tell.ts";
import { type ArchiveUnderTest, archiveUnderTest } from "../proof/archiveUnderTest.ts";

export const [hour, day] = [3_600_000, 86_400_000];
export const now = Date.UTC(2026, 10, 21, 12, 30);
/** Noon of a day so many days ago. */
export const daysAgo = (days: number) => new Date(now - days * day - hour / 2);

const retentions = ["EVENTS", "QUARANTINE", "TIMELINE"].map((kind) => `RETENTION_${kind}_DAYS`);

export let app: ArchiveUnderTest;
beforeAll(async () => {
  app = await archiveUnderTest();
});
afterAll(() => app?.close());
beforeEach(() => {
  vi.setSystemTime(now);
  return async () => {
    for (const name of retentions) vi.stubEnv(name, "");
    await app.clear();
  };
});

/** Archives event by number (of three, a text, a report and a chat message) as if it had come then; gives its blob. */
export async function arrive(number: number, at: Date): Promise<string> {
  return take(accept(eventOf(number, at)), at);
}

/** Archives an event as if it had come then; gives its blob. */
export async function take(event: AcsEvent, at: Date): Promise<string> {
  const written = { ...(await archive(event)), storedAt: at, at };
  await index(event, written);
  await announce(event, written.blob, at);
  return written.blob;
}

/** Runs a pass, as the timer does a day after the last; what it tells. */
export async function pass(): Promise<Told> {
  vi.setSystemTime(Date.now() + day);
  return app.run(enforceRetention);
}

/** Where the account speaks of an event: its blob, and its rows. */
export async function traces(number: number): Promise<string[]> {
  const id = `fill-${String(number).padStart(8, "0")}`;
  const blobs = (await app.store.names("events")).filter((name) => name.includes(id));
  const rows = (await app.store.rows("timeline")).filter((row) => JSON.stringify(row).includes(id));
  return [...blobs, ...rows.map(({ partitionKey, rowKey }) => `${partitionKey} ${rowKey}`)];
}

export const openProblems = async () => (await app.store.problems()).filter(({ state }) => state === "open");

export const partitions = async () => (await app.store.rows("timeline")).map(({ partitionKey }) => partitionKey);
