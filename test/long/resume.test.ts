// What a run that was killed left, and what comes late: an archive of four days, without an app.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { eventOf, fillArchive } from "../../bench/fillArchive.ts";
import type { Azurite } from "../../dev/azurite/startAzurite.ts";
import { accept } from "../../src/events/accept.ts";
import { openTexts, readOpenTexts, writeOpenTexts } from "../../src/leaving/archive/openTexts.ts";
import { archive } from "../../src/storage/archive.ts";
import { index } from "../../src/storage/timeline.ts";
import { filesOf, linesOf, runExport } from "../leaving/runExport.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";

const day = 86_400_000;
const [days, events] = [4, 120];
const end = new Date(Math.floor(Date.now() / day) * day - 5 * day);
const roots = mkdtempSync(join(tmpdir(), "acs-events-resume-"));
let azurite: Azurite;
let run: (args: string[], until?: (line: string) => boolean) => ReturnType<typeof runExport>;

beforeAll(async () => {
  azurite = await emptyAzurite();
  vi.stubEnv("AzureWebJobsStorage", azurite.connectionString);
  await fillArchive({ events, days, end });
  const account = { addresses: { storageConnectionString: azurite.connectionString } };
  run = (args, until) => runExport(account, args, until);
});
afterAll(async () => {
  await azurite?.close();
  rmSync(roots, { recursive: true, force: true });
});

const to = ["--to", end.toISOString()];
const families = ["events-sms", "events-chat"];
const blobs = (root: string) => families.flatMap((name) => linesOf(root, name).map(({ blob }) => blob));

it("goes on where it was killed, and gives the same bytes as a run that was not", async () => {
  const [whole, killed] = [join(roots, "whole"), join(roots, "killed")];
  expect((await run(["--out", whole, ...to])).status).toBe(0);
  expect(blobs(whole)).toHaveLength(events);
  expect(new Set(blobs(whole)).size).toBe(events);

  const first = await run(["--out", killed, ...to], (line) => /^\d{4}-/.test(line));
  expect(first.status).toBe(null);
  expect(filesOf(killed)["manifest.json"]).not.toBe(filesOf(whole)["manifest.json"]);
  // As if it had been killed between naming a day's folder and telling it in the manifest.
  const second = join(killed, "data", new Date(end.getTime() - 2 * day).toISOString().slice(0, 10));
  rmSync(second, { recursive: true, force: true });
  mkdirSync(second, { recursive: true });
  writeFileSync(join(second, "events-sms.jsonl"), "half a li");
  expect((await run(["--out", killed, ...to])).status).toBe(0);
  expect(filesOf(killed)).toEqual(filesOf(whole));
});

it("has an event whose row came late, and none twice that is only announced again", async () => {
  const root = join(roots, "late");
  expect((await run(["--out", root])).status).toBe(0);
  expect(blobs(root)).toHaveLength(events);
  const told = async (number: number, storedAt: Date) => {
    const event = accept(eventOf(number, storedAt));
    await index(event, { ...(await archive(event)), storedAt, at: new Date() });
  };
  const begin = end.getTime() - days * day;
  await told(9_001, new Date(begin + day));
  await told(0, new Date(begin));
  expect((await run(["--out", root])).status).toBe(0);
  expect(blobs(root)).toHaveLength(events + 1);
  await told(9_001, new Date(begin + day));
  expect((await run(["--out", root])).status).toBe(0);
  expect(blobs(root)).toHaveLength(events + 1);
  expect(new Set(blobs(root)).size).toBe(events + 1);
});

it("leaves out what was erased, counts it, and says when something is gone", async () => {
  const { BlobServiceClient } = await import("@azure/storage-blob");
  const container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient("events");
  const [erased, gone] = (blobs(join(roots, "whole")) as string[]).map((name) => container.getBlockBlobClient(name));
  const stub = JSON.stringify({ erased: true, tombstone: "t1" });
  await erased?.upload(stub, stub.length, { metadata: { tombstone: "t1" } });
  await gone?.delete();
  const root = join(roots, "erased");
  const ran = await run(["--out", root]);
  expect(ran).toMatchObject({ status: 1, err: expect.stringContaining("1 events or files are not in the account") });
  expect(ran.out.at(-2)).toMatch(/1 erased.*1 unreadable/);
  expect(blobs(root)).toHaveLength(events + 1 - 2);
});

it("writes each conversation once in a run, however many days it has", async () => {
  const root = join(roots, "vcon");
  expect((await run(["--out", root, "--format", "vcon", ...to])).status).toBe(0);
  const conversations = linesOf(root, "vcons").map(({ conversation }) => conversation);
  expect(conversations.length).toBeGreaterThan(0);
  expect(new Set(conversations).size).toBe(conversations.length);
});

it("keeps a second export out of its folder, but not for one that died", async () => {
  const root = join(roots, "locked");
  const lock = join(root, ".export", "lock");
  mkdirSync(join(root, ".export"), { recursive: true });
  writeFileSync(lock, `${process.pid} ${hostname()}\n`);
  const refused = await run(["--out", root, ...to]);
  expect(refused).toMatchObject({ status: 1, err: expect.stringContaining(`delete ${lock}`) });
  expect(filesOf(root)["manifest.json"]).toBe(undefined);
  writeFileSync(lock, `${2 ** 30} ${hostname()}\n`);
  expect((await run(["--out", root, "--family", "email"])).status).toBe(0);
});

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

it("remembers open texts once, as they were last, and for a week", async () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  const text = (id: string, state: string, at: string) => ({ from: "+1", to: "+2", id, state, at });
  const texts = await openTexts(join(roots, "texts"), now);
  await texts.note(text("old", "sent", "2026-11-14T11:00:00Z"));
  await texts.note(text("young\u2028", "placed", "2026-11-14T13:00:00Z"));
  await texts.note(text("young\u2028", "sent", "2026-11-14T13:00:00Z"));
  const file = join(roots, "open.jsonl");
  expect(await all(readOpenTexts(file))).toEqual([]);
  await writeOpenTexts(file, texts);
  expect(await all(readOpenTexts(file))).toEqual([text("young\u2028", "sent", "2026-11-14T13:00:00Z")]);
  await expect(all(readOpenTexts(roots))).rejects.toThrow("EISDIR");
});
