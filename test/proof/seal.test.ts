import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { eventOf, fillArchive } from "../../bench/fillArchive.ts";
import { accept } from "../../src/events/accept.ts";
import { headName, sha256Of } from "../../src/proof/head.ts";
import { archive } from "../../src/storage/archive.ts";
import { index } from "../../src/storage/timeline.ts";
import { type ArchiveUnderTest, archiveUnderTest } from "./archiveUnderTest.ts";

const [hour, day] = [3_600_000, 86_400_000];
const noon = new Date("2026-11-21T12:30:00Z");
const at = (ms: number) => new Date(noon.getTime() + ms);

let app: ArchiveUnderTest;
beforeAll(async () => {
  app = await archiveUnderTest();
  vi.setSystemTime(noon);
  await fillArchive({ events: 60, days: 2, end: at(-hour) });
});
afterAll(() => app?.close());

/** Archives an event as a function would that has it at a time, of a blob that was stored at another. */
async function arrive(number: number, storedAt: Date, indexedAt = storedAt): Promise<string> {
  const event = accept(eventOf(number, storedAt));
  const written = await archive(event);
  await index(event, { ...written, storedAt, at: indexedAt });
  return written.blob;
}

interface Head {
  from: string;
  to: string;
  entries: number;
  parts: { name: string; kind: string }[];
}

async function heads(): Promise<Head[]> {
  const names = (await app.store.names("seals")).filter((name) => /^\d+\.json$/.test(name));
  return Promise.all(names.map((name) => app.store.read<Head>("seals", name)));
}

/** The names that the last seal has of a kind. */
async function lastSealed(kind: string): Promise<string[]> {
  const part = (await heads()).at(-1)?.parts.find((one) => one.kind === kind);
  if (!part) return [];
  const lines = (await app.blob("seals", part.name).downloadToBuffer()).toString("utf8").trim().split("\n");
  return lines.map((line) => (JSON.parse(line) as { name: string }).name);
}

it("seals all that was ever archived, a day at most in each seal, up to the last full hour", async () => {
  const told = await app.seal();
  const chain = await heads();
  expect(chain.map(({ from, to }) => [from, to])).toEqual([
    ["2026-11-19T00:00:00.000Z", "2026-11-20T00:00:00.000Z"],
    ["2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z"],
    ["2026-11-21T00:00:00.000Z", "2026-11-21T12:00:00.000Z"],
  ]);
  expect(chain.reduce((sum, { entries }) => sum + entries, 0)).toBe(60);
  // What is to be kept elsewhere: one head vouches for all before it.
  const sha256 = sha256Of((await app.blob("seals", headName(3)).downloadToBuffer()).toString());
  expect(told).toMatchObject({ outcome: "sealed", seals: 3, sealed: { seq: 3, sha256 } });
  expect(await app.verify()).toMatchObject({ told: [], totals: { seals: 3, whole: 60, unsealed: 0 } });
});

it("has nothing to do until something arrives or the day is over", async () => {
  await app.seal();
  vi.setSystemTime(at(3 * hour));
  expect(await app.seal()).toEqual({ outcome: "nothing is due" });
  expect(await heads()).toHaveLength(3);
});

it("has what arrived since, in the next; until then it is not sealed", async () => {
  const blob = await arrive(100, at(3 * hour));
  expect(await app.verify()).toMatchObject({ told: [], totals: { whole: 60, unsealed: 1 } });
  vi.setSystemTime(at(5 * hour));
  await app.seal();
  expect(await lastSealed("sms")).toContain(blob);
  expect(await heads()).toHaveLength(4);
});

it("has an event that was indexed late in a later seal", async () => {
  const blob = await arrive(101, at(-day), at(5 * hour));
  // A replay writes the same again, which is no news.
  await arrive(101, at(-day), at(5 * hour + 1000));
  vi.setSystemTime(at(7 * hour));
  await app.seal();
  expect(await lastSealed("late")).toEqual([blob]);
  expect((await app.verify()).told).toEqual([]);
});

it("makes one chain when two seal at once", async () => {
  const before = (await heads()).length;
  await arrive(102, at(8 * hour));
  vi.setSystemTime(at(10 * hour));
  await Promise.all([app.seal(), app.seal(), app.seal()]);
  const chain = await heads();
  expect(chain).toHaveLength(before + 1);
  await app.seal();
  const parts = (await app.store.names("seals")).filter((name) => name.includes("/"));
  expect(parts.sort()).toEqual(chain.flatMap((head) => head.parts.map(({ name }) => name)).sort());
});

it("goes on rightly after it stopped at any of its writes", async () => {
  const writes = new Set(["PUT", "POST", "MERGE", "PATCH", "DELETE"]);
  let time = 11 * hour;
  for (let allowed = 0, stopped = true; stopped; allowed++) {
    const blob = await arrive(200 + allowed, at(time));
    time += 2 * hour;
    vi.setSystemTime(at(time));
    let done = 0;
    let down = false;
    app.proxy.faults = ({ method }) => {
      down ||= writes.has(method) && done++ === allowed;
      return down ? "refused" : "pass";
    };
    await app.seal().catch(() => {});
    stopped = down;
    app.proxy.faults = () => "pass";
    await app.seal();
    const kind = blob.split("/")[0] ?? "";
    const sealed = await Promise.all((await heads()).slice(-2).map((head) => head.parts.map((part) => part.kind)));
    expect(sealed.flat(), `stopped at write ${allowed}`).toContain(kind);
  }
  expect((await app.verify()).told).toEqual([]);
  const chain = await heads();
  const parts = (await app.store.names("seals")).filter((name) => name.includes("/"));
  expect(parts.sort()).toEqual(chain.flatMap((head) => head.parts.map(({ name }) => name)).sort());
});

it("does not continue a chain whose end somebody removed, and tells of it", async () => {
  const last = (await app.store.names("seals")).filter((name) => /^\d+\.json$/.test(name)).at(-1) ?? "";
  await app.store.remove("seals", last);
  vi.setSystemTime(at(4 * day));
  await arrive(300, at(3 * day));
  await app.seal();
  expect((await app.verify()).told).toContain(`seals/${last} is not there`);
  expect((await app.store.problems()).map(({ partitionKey }) => partitionKey)).toContain("sealBroken");
});

it("passes over heads that somebody appended: of a time to come, with a gap, or unsigned", async () => {
  vi.setSystemTime(at(4.5 * day));
  const keys = generateKeyPairSync("ed25519");
  const pem = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const made = [
    { to: "2099-01-01T00:00:00.000Z" },
    { from: at(4.2 * day).toISOString(), to: at(4.3 * day).toISOString() },
    { key: pem, to: at(4.3 * day).toISOString() },
  ];
  for (const [number, { key = "", ...span }] of made.entries()) {
    const name = (await app.store.names("seals")).filter((one) => /^\d+\.json$/.test(one)).at(-1) ?? "";
    const content = await app.blob("seals", name).downloadToBuffer();
    const last = JSON.parse(content.toString()) as { seq: number; to: string };
    const forged = { from: last.to, ...span, seq: last.seq + 1, sealedAt: last.to, previous: sha256Of(content) };
    const text = JSON.stringify({ version: 1, ...forged, entries: 0, parts: [] });
    await app.blob("seals", headName(forged.seq)).upload(text, text.length);
    vi.stubEnv("SEAL_KEY", key.replaceAll("\n", "\\n"));
    const blob = await arrive(400 + number, new Date(Date.now() - hour));
    vi.setSystemTime(Date.now() + day);
    await app.seal();
    vi.stubEnv("SEAL_KEY", "");
    expect((await app.verify()).totals.unsealed, blob).toBe(0);
    const raised = (await app.store.problems()).filter(({ partitionKey }) => partitionKey === "sealBroken");
    expect(raised.map(({ raw }) => raw)).toContain(headName(forged.seq));
  }
});

it("seals nothing with SEAL=off, and whole days alone with SEAL=daily", async () => {
  const before = (await heads()).length;
  vi.setSystemTime(at(16 * day));
  vi.stubEnv("SEAL", "off");
  expect(await app.seal()).toEqual({ outcome: "SEAL is off" });
  expect(await heads()).toHaveLength(before);
  vi.stubEnv("SEAL", "daily");
  await app.seal();
  expect((await heads()).at(-1)?.to).toBe("2026-12-07T00:00:00.000Z");
});
