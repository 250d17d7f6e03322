// The way out: a small archive of everything, exported by the real command.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportOptions } from "../../scripts/exportOptions.ts";
import { families } from "../../src/events/families.ts";
import type { ExportManifest } from "../../src/leaving/schemas/exportManifest.ts";
import type { Recording } from "../../src/leaving/schemas/recording.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber } from "../support/textEvent.ts";
import { filesOf, findings, type Line, linesOf, runExport, sha256 } from "./runExport.ts";
import { chat, publishStory, they, threadId } from "./story.ts";
import { vconTests } from "./vconTests.ts";

let app: App;
const roots = mkdtempSync(join(tmpdir(), "acs-events-export-"));
beforeAll(async () => {
  app = await startApp();
  await publishStory(app);
});
afterAll(async () => {
  await app?.close();
  rmSync(roots, { recursive: true, force: true });
});

const json = join(roots, "json");
const manifestOf = (root: string) => JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")) as ExportManifest;
const last = (lines: Line[]) => [...new Map(lines.map((line) => [line.id, line])).values()];

it("has every event that the archive has, as it was received, and every file with its hash", async () => {
  expect(await runExport(app, ["--out", json])).toMatchObject({ status: 0, err: "" });
  const manifest = manifestOf(json);
  for (const family of families) {
    const archived = await app.store.names("events", `${family}/`);
    expect(archived.length).toBeGreaterThan(0);
    const lines = linesOf(json, `events-${family}`);
    expect(lines.map(({ blob }) => blob).sort()).toEqual(archived.sort());
    expect(manifest.counts[`events-${family}`]).toBe(archived.length);
    for (const { blob, event } of lines.slice(0, 5))
      expect(event).toEqual(await app.store.read("events", String(blob)));
  }
  const quarantined = await app.store.names("quarantine");
  expect(
    linesOf(json, "quarantine")
      .map(({ blob }) => blob)
      .sort(),
  ).toEqual(quarantined.sort());
  for (const { folder, files } of manifest.slices) {
    for (const { name, ...told } of files) {
      const content = readFileSync(join(json, "data", folder, name));
      const lines = content.toString("utf8").split("\n").length - 1;
      expect({ lines, bytes: content.length, sha256: sha256(content) }).toEqual(told);
    }
  }
});

it("is what its published schemas say, with nothing besides", () => {
  const schemas = {
    messages: "message",
    deliveryReports: "deliveryReport",
    calls: "call",
    participants: "participants",
    recordings: "recording",
  };
  const files = {
    ...schemas,
    quarantine: "event",
    ...Object.fromEntries(families.map((family) => [`events-${family}`, "event"])),
  };
  for (const [name, schema] of Object.entries(files)) {
    const lines = linesOf(json, name);
    expect(lines.length, name).toBeGreaterThan(0);
    for (const line of lines) expect(findings(schema, line), JSON.stringify(line)).toEqual([]);
  }
  expect(findings("manifest", manifestOf(json))).toEqual([]);
});

it("has each text once, in both directions, and what became of ours", () => {
  const texts = linesOf(json, "messages").filter(({ conversation }) => conversation === `sms:${ourNumber}:${they}`);
  const [sent] = app.acs.messages().filter(({ to }) => to === they);
  expect(texts).toHaveLength(2);
  expect(texts).toContainEqual(
    expect.objectContaining({
      direction: "in",
      providerMessageId: "first",
      text: "When do you open?",
      from: { id: they },
    }),
  );
  expect(texts).toContainEqual(
    expect.objectContaining({
      direction: "out",
      state: "delivered",
      providerMessageId: sent?.messageId,
      text: sent?.message,
    }),
  );
  expect(linesOf(json, "deliveryReports")).toContainEqual(
    expect.objectContaining({ channel: "sms", providerMessageId: sent?.messageId, status: "Delivered", to: they }),
  );
});

it("has each chat message once, with its versions, however many copies came", () => {
  const said = chat.items.filter((item) => item.kind === "message");
  const messages = linesOf(json, "messages").filter(({ conversation }) => conversation === `thread:${threadId}`);
  const shown = messages.map(({ providerMessageId, text, versions, deleted }) => ({
    providerMessageId,
    text,
    versions,
    deleted,
  }));
  expect(shown).toHaveLength(said.length);
  for (const { messageId, text, versions, deleted } of said) {
    expect(shown).toContainEqual({ providerMessageId: messageId, text, versions, deleted });
  }
  const [thread] = linesOf(json, "participants").filter(({ id }) => id === `thread:${threadId}`);
  expect(thread?.participants).toHaveLength(chat.thread.participants.length);
});

it("has one record of a call that came under many names, and the recording's files beside it", () => {
  const calls = last(linesOf(json, "calls"));
  const ids = calls.flatMap((call) => (call.ids as Record<string, string[]>).serverCallId ?? []);
  expect(ids).toHaveLength(new Set(ids).size);
  expect(calls).toContainEqual(expect.objectContaining({ id: "call:leaving-call", recordings: ["leaving"] }));
  const [recording] = linesOf<Recording>(json, "recordings").filter(({ id }) => id === "leaving");
  expect(recording?.chunks).toHaveLength(2);
  for (const { content, metadata } of recording?.chunks ?? []) {
    for (const file of [content, metadata]) {
      expect(sha256(readFileSync(join(json, file?.path ?? "")))).toBe(file?.sha256);
    }
  }
});

it("adds only what is new when it runs again, also an event of long ago that is archived now", async () => {
  const before = filesOf(json);
  expect((await runExport(app, ["--out", json])).status).toBe(0);
  const { "manifest.json": _, ...unchanged } = before;
  expect(filesOf(json)).toEqual({ ...unchanged, "manifest.json": expect.any(String) });

  await app.publish([eventGridEvent("SMSReceived", undefined, { id: "new", eventTime: "2021-01-01T00:00:00Z" })]);
  expect((await runExport(app, ["--out", json])).status).toBe(0);
  const after = filesOf(json);
  expect(after).toMatchObject(unchanged);
  const added = Object.keys(after).filter((path) => !(path in before));
  expect(added.map((path) => path.split("/").at(-1)).sort()).toEqual(["events-sms.jsonl", "messages.jsonl"]);
  const archived = await app.store.names("events", "sms/");
  expect(
    linesOf(json, "events-sms")
      .map(({ blob }) => blob)
      .sort(),
  ).toEqual(archived.sort());
});

it("refuses a folder that has another export", async () => {
  const refused = await runExport(app, ["--out", json, "--format", "vcon"]);
  expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('has an export with format "jsonl"') });
  expect((await runExport(app, [])).err).toContain("Usage: npm run export -- --out DIR");
});

it("keeps to a family and a span of arrival", async () => {
  const root = join(roots, "family");
  expect((await runExport(app, ["--out", root, "--family", "email,presence", "--to", "2100-01-01"])).status).toBe(0);
  expect(Object.keys(manifestOf(root).counts)).toEqual(["deliveryReports", "events-email", "events-presence"]);
});

describe("a vCon", () => vconTests(() => app));

it.for([
  [["--out", "x", "--family", "fax"], '"fax" is no family'],
  [["--out", "x", "--from", "yesterday"], "--from is a date"],
  [["--out", "x", "--format", "csv"], "--format is jsonl or vcon"],
  [["--out", "x", "--media-url", "http://contoso.example"], "--media-url begins with https://"],
  [["--out", "x", "--since", "2026"], "--since"],
] as const)("refuses %s", ([args, why]) => {
  expect(exportOptions([...args])).toContain(why);
});
