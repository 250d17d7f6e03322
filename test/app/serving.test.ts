import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { sourceBytes } from "../support/sourceBytes.ts";
import { type App, startApp } from "../support/startApp.ts";

const MiB = 1024 * 1024;
const length = 3 * MiB + 17;
const content = "/api/recordings/served/chunks/0/content";

let app: App;
let source: Buffer;
beforeAll(async () => {
  app = await startApp();
  source = sourceBytes(7, length);
  const chunks = [
    await addChunk(app, 0, { documentId: "served-0", bytes: length, seed: 7 }),
    await addChunk(app, 1, { documentId: "served-1", format: "wav" }),
  ];
  await app.publish([
    recordingEvent(
      "served",
      chunks.map(({ chunk }) => chunk),
    ),
  ]);
});
afterAll(() => app?.close());

const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  app.get(path, { method, headers: { "accept-encoding": "identity", ...headers } });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

/** Status and error of a refusal. */
async function refusal(path: string, headers?: Record<string, string>) {
  const response = await ask(path, headers);
  const error: object = Object(await response.json());
  return { status: response.status, ...error };
}

describe("the content of a chunk", () => {
  it.each([content, "/api/recording/download/served-0"])("comes whole and with all its headers: %s", async (path) => {
    const response = await ask(path);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache",
      "content-disposition": 'inline; filename="0-served-0.mp4"',
      "content-length": String(length),
      "content-type": "video/mp4",
      etag: expect.stringMatching(/^".+"$/),
      "last-modified": expect.stringMatching(/GMT$/),
      "x-content-type-options": "nosniff",
    });
    expect((await bytesOf(response)).equals(source)).toBe(true);
  });

  it("has the media type of its format", async () => {
    expect((await ask("/api/recording/download/served-1")).headers.get("content-type")).toBe("audio/wav");
    const other = await ask("/api/recordings/served/chunks/1/content", {}, "HEAD");
    expect(other.headers.get("content-disposition")).toBe('inline; filename="1-served-1.wav"');
  });

  it("answers HEAD with the same headers and nothing else, whatever range is asked for", async () => {
    const [head, get] = await Promise.all([ask(content, { range: "bytes=5-9" }, "HEAD"), ask(content)]);
    await get.body?.cancel();
    expect([head.status, (await bytesOf(head)).length]).toEqual([200, 0]);
    const named = ["content-length", "content-type", "etag", "last-modified", "accept-ranges"];
    expect(named.map((name) => head.headers.get(name))).toEqual(named.map((name) => get.headers.get(name)));
  });

  it.each([
    ["bytes=0-0", 0, 1],
    ["bytes=0-", 0, length],
    [`bytes=${2 * MiB}-${2 * MiB + 99}`, 2 * MiB, 2 * MiB + 100],
    [`bytes=${length - 1}-`, length - 1, length],
    ["bytes=-500", length - 500, length],
    [`bytes=-${length + 5}`, 0, length],
    [`bytes=10-${"9".repeat(30)}`, 10, length],
  ])("gives the range %s", async (range, start, end) => {
    const response = await ask(content, { range });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/${length}`);
    expect(response.headers.get("content-length")).toBe(String(end - start));
    expect((await bytesOf(response)).equals(source.subarray(start, end))).toBe(true);
  });

  it.each(["bytes=0-1,5-6", "bytes=9-5", "items=0-5", "bytes=a-b", "bytes=-", "5-9"])(
    "gives the whole for what is no single range: %s",
    async (range) => {
      const response = await ask(content, { range });
      expect([response.status, response.headers.get("content-range")]).toEqual([200, null]);
      expect((await bytesOf(response)).equals(source)).toBe(true);
    },
  );

  it.each([`bytes=${length}-`, "bytes=-0", `bytes=${"9".repeat(400)}-`])("has no range %s", async (range) => {
    const response = await ask(content, { range });
    expect([response.status, response.headers.get("content-range")]).toEqual([416, `bytes */${length}`]);
    expect(await response.json()).toMatchObject({ code: "ACS_EVENTS_BAD_RANGE", target: "Range" });
  });

  it("gives the same bytes for many ranges in any order, several at once", async () => {
    const starts = Array.from({ length: 60 }, (_, turn) => (turn * 1_234_567) % length);
    const results = await Promise.all(
      starts.map(async (start, turn) => {
        const end = Math.min(start + 1 + turn * 7919, length);
        const response = await ask(content, { range: `bytes=${start}-${end - 1}` });
        return (await bytesOf(response)).equals(source.subarray(start, end));
      }),
    );
    expect(results).not.toContain(false);
  });

  it("is not sent again to who has it, and in part only to who has this one", async () => {
    const first = await ask(content, {}, "HEAD");
    const [etag, date] = [first.headers.get("etag") ?? "", first.headers.get("last-modified") ?? ""];
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const response = await ask(content, { "if-none-match": tags });
      expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([304, etag, ""]);
    }
    const statusOf = async (headers: Record<string, string>) => {
      const response = await ask(content, headers);
      await response.body?.cancel();
      return response.status;
    };
    expect(await statusOf({ "if-none-match": '"other"' })).toBe(200);
    expect(await statusOf({ range: "bytes=0-9", "if-range": etag })).toBe(206);
    expect(await statusOf({ range: "bytes=0-9", "if-range": date })).toBe(206);
    expect(await statusOf({ range: "bytes=0-9", "if-range": '"other"' })).toBe(200);
    expect(await statusOf({ range: "bytes=0-9", "if-range": new Date(0).toUTCString() })).toBe(200);
  });
});

// Chromium's loader (media/blink/resource_multi_buffer_data_provider.cc): the first request asks from 0 without an end; a seek
// gives it up and asks from the new place, again without an end.
it("lets a browser's video element seek", async () => {
  const open = async (start: number) => {
    const stop = new AbortController();
    const response = await app.get(content, {
      headers: { range: `bytes=${start}-`, "accept-encoding": "identity;q=1, *;q=0" },
      signal: stop.signal,
    });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${start}-${length - 1}/${length}`);
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(source.subarray(start, start + (value?.length ?? 0)).equals(value ?? Buffer.of())).toBe(true);
    return stop;
  };
  for (const start of [0, length - 1000, MiB, 2 * MiB + 5, 1]) (await open(start)).abort();
  await app.idle();
  expect((await bytesOf(await ask(content))).equals(source)).toBe(true);
});

it("gives a chunk's metadata file as ACS gave it", async () => {
  const kept = await app.store.read("recordings", "served/0-served-0.metadata.json");
  for (const path of ["/api/recordings/served/chunks/0/metadata", "/api/recording/download/served-0/metadata"]) {
    const response = await ask(path);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("content-disposition")).toBe('inline; filename="0-served-0.metadata.json"');
    expect(await response.json()).toEqual(kept);
  }
});

describe("what is not there", () => {
  it("is 404 with advice when it is unknown", async () => {
    const code = "ACS_EVENTS_UNKNOWN_RECORDING";
    const message = expect.stringContaining(" ");
    const unknown = (target: string) => ({ status: 404, code, target, message, details: [] });
    expect(await refusal("/api/recordings/nobody")).toEqual(unknown("recordingId"));
    expect(await refusal("/api/recordings/nobody/chunks/0/content")).toEqual(unknown("recordingId"));
    for (const index of ["2", "-1", "x", "00", "9".repeat(30)]) {
      expect(await refusal(`/api/recordings/served/chunks/${index}/content`)).toEqual(unknown("index"));
      expect(await refusal(`/api/recordings/served/chunks/${index}/metadata`)).toEqual(unknown("index"));
    }
    for (const id of ["nothing", "..%5c..", "%27%20or%201%20eq%201", "a".repeat(2000), "%F0%9F%8E%A5"]) {
      expect(await refusal(`/api/recording/download/${id}`)).toEqual(unknown("documentId"));
      expect(await refusal(`/api/recording/download/${id}/metadata`)).toEqual(unknown("documentId"));
    }
  });

  it("is 409 with state and deadline while it is not archived", async () => {
    const { chunk } = await addChunk(app, 0, { documentId: "waiting" });
    await app.fault({ kind: "content", fault: "503", documentId: "waiting", times: 1000 });
    const start = new Date(Date.now() - 60_000);
    await app.publish([recordingEvent("waiting", [chunk], { recordingStartTime: start.toISOString() })]);
    const deadline = new Date(start.getTime() + 60_000 + 24 * 3_600_000).toISOString();
    expect(await refusal("/api/recording/download/waiting")).toMatchObject({
      status: 409,
      code: "ACS_EVENTS_NOT_ARCHIVED_YET",
      target: "state",
      details: [{ state: expect.stringMatching(/announced|copying/), deadline, attempts: expect.any(Number) }],
    });
    // Its metadata file is.
    expect((await ask("/api/recordings/waiting/chunks/0/metadata")).status).toBe(200);
  });

  it("is 410 when ACS had deleted it before", async () => {
    const lost = { index: 0, documentId: "never-was" };
    await app.publish([recordingEvent("too-late", [lost], { recordingStartTime: "2026-10-01T09:00:00Z" })]);
    for (const part of ["content", "metadata"]) {
      expect(await refusal(`/api/recordings/too-late/chunks/0/${part}`)).toMatchObject({
        status: 410,
        code: "ACS_EVENTS_RECORDING_GONE",
        details: [{ state: "expired" }],
      });
    }
  });

  it("is 409 with the location when it is in the owner's storage", async () => {
    const contentLocation = "https://owner.blob.core.windows.net/calls/0.mp4";
    const chunk = { index: 0, documentId: "own-0", contentLocation };
    await app.publish([recordingEvent("own", [chunk], { storageType: "BlobStorage" })]);
    expect(await refusal("/api/recording/download/own-0")).toMatchObject({
      status: 409,
      code: "ACS_EVENTS_IN_OWN_STORAGE",
      details: [{ state: "registered", contentLocation }],
    });
  });

  it("is 500 with a problem when its blob is gone, and comes back if ACS still has it", async () => {
    const chunks = [
      await addChunk(app, 0, { documentId: "gone-0", seed: 5 }),
      await addChunk(app, 1, { documentId: "gone-1" }),
    ];
    await app.publish([
      recordingEvent(
        "gone",
        chunks.map(({ chunk }) => chunk),
      ),
    ]);
    const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
    const names = ["gone/0-gone-0.mp4", "gone/1-gone-1.metadata.json"];
    for (const name of names) await service.getContainerClient("recordings").deleteBlob(name);
    const damaged = { status: 500, code: "ACS_EVENTS_RECORDING_DAMAGED", target: "content" };
    expect(await refusal("/api/recording/download/gone-0")).toMatchObject(damaged);
    expect(await refusal("/api/recording/download/gone-1/metadata")).toMatchObject(damaged);
    const problems = (await app.store.problems()).filter(({ partitionKey }) => partitionKey === "recordingDamaged");
    expect(problems.map(({ raw }) => raw).sort()).toEqual(names.map((name) => `recordings/${name}`));
    await app.idle();
    expect((await bytesOf(await ask("/api/recording/download/gone-0"))).equals(sourceBytes(5, 1000))).toBe(true);
    expect((await ask("/api/recordings/gone")).status).toBe(200);
  });
});
