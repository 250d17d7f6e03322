import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { savedBlob } from "../support/savedBlob.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const MiB = 1024 * 1024;

it("saves all chunks of one event with their metadata, and lists them in order in the manifest", async () => {
  const [first, second] = [
    await addChunk(app, 0, { documentId: "d-0", bytes: 9 * MiB }),
    await addChunk(app, 1, { documentId: "d-1", bytes: 17 }),
  ];
  await app.publish([recordingEvent("two-chunks", [second.chunk, first.chunk])]);
  expect(await app.store.manifest("two-chunks")).toMatchObject({
    recordingId: "two-chunks",
    callId: "call-17",
    recordingDurationMs: 60_000,
    chunks: [
      { index: 0, documentId: "d-0", blob: "two-chunks/0-d-0.mp4", length: 9 * MiB, sha256: first.sha256 },
      { index: 1, documentId: "d-1", blob: "two-chunks/1-d-1.mp4", length: 17, sha256: second.sha256 },
    ],
  });
  expect(await savedBlob(app, "two-chunks/0-d-0.mp4")).toEqual({ sha256: first.sha256, contentType: "video/mp4" });
  expect(await app.store.read("recordings", "two-chunks/1-d-1.metadata.json")).toMatchObject({
    chunkDocumentId: "d-1",
  });
});

it("saves chunks that come in events of their own, in any order", async () => {
  const chunks = [0, 1, 2].map((index) => addChunk(app, index, { documentId: `own-${index}` }));
  const events = (await Promise.all(chunks)).map(({ chunk }) => recordingEvent("own-events", [chunk]));
  await app.publish(events.toReversed(), { batch: 1, parallel: true });
  const manifest = await app.store.manifest("own-events");
  expect(manifest?.chunks.map(({ documentId }) => documentId)).toEqual(["own-0", "own-1", "own-2"]);
});

it("saves a chunk once, however often its event is delivered", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "often" });
  await app.publish([recordingEvent("often", [chunk])], { duplicates: 20, batch: 1, parallel: true });
  await app.publish([recordingEvent("often", [chunk])]);
  expect((await app.store.manifest("often"))?.chunks).toHaveLength(1);
  expect(await app.store.names("recordings", "often/")).toHaveLength(3);
});

it.for([
  ["mp3", "audio/mpeg"],
  ["wav", "audio/wav"],
] as const)("names a chunk by the format of its metadata: %s", async ([format, contentType]) => {
  const { chunk } = await addChunk(app, 0, { documentId: format, format });
  await app.publish([recordingEvent(`as-${format}`, [chunk], { recordingFormatType: "Mp4" })]);
  const blob = `as-${format}/0-${format}.${format}`;
  expect((await app.store.manifest(`as-${format}`))?.chunks).toMatchObject([{ blob, contentType }]);
  expect(await savedBlob(app, blob)).toMatchObject({ contentType });
});

it("fetches a chunk of 2021, which has no locations, by its documentId", async () => {
  const { sha256 } = await addChunk(app, 0, { documentId: "of-2021" });
  await app.publish([recordingEvent("of-2021", [{ index: 0, documentId: "of-2021" }])]);
  expect((await app.store.manifest("of-2021"))?.chunks).toMatchObject([{ sha256, length: 1000 }]);
});

it("takes a recording's name from the subject, or from call and start", async () => {
  const [first, second] = [
    await addChunk(app, 0, { documentId: "named" }),
    await addChunk(app, 0, { documentId: "nameless" }),
  ];
  const inSubject = recordingEvent("in-subject", [first.chunk], { recordingId: undefined });
  const about = { recordingId: undefined, recordingStartTime: "2026-11-20T09:00:00Z" };
  const nameless = { ...recordingEvent("-", [second.chunk], about), id: "nameless", subject: "/recording/call/c-9" };
  await app.publish([inSubject, nameless]);
  expect((await app.store.manifest("in-subject"))?.chunks).toHaveLength(1);
  expect(await app.store.names("recordings", "call-call-17-2026-11-20T09!3a00!3a00Z/")).toHaveLength(3);
});

it("takes a chunk that comes under two names of its recording for one", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "two-names" });
  await app.publish([recordingEvent("its-name", [chunk])]);
  await app.publish([recordingEvent("other-name", [chunk])]);
  expect((await app.store.manifest("its-name"))?.events).toHaveLength(2);
  expect(await app.store.names("recordings", "other-name/")).toEqual([]);
});

// Where the operating system tells the peak.
it.runIf(process.platform === "linux")("copies 128 MiB in less memory than that", async () => {
  const small = await addChunk(app, 0, { documentId: "warm-up", bytes: 8 * MiB });
  await app.publish([recordingEvent("warm-up", [small.chunk])]);
  const before = await peakMemory();
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: "large", bytes: 128 * MiB });
  await app.publish([recordingEvent("large", [chunk])]);
  expect((await app.store.manifest("large"))?.chunks).toMatchObject([{ length: 128 * MiB, sha256 }]);
  const grown = (await peakMemory()) - before;
  // Four blocks of 8 MiB, and what the collector has not yet taken back: 26 to 63 MiB were seen. All of it would be 120 at least.
  expect(grown).toBeLessThan(100 * MiB);
});

/** The most memory that the app's process has held so far, in bytes. */
async function peakMemory(): Promise<number> {
  const status = await readFile(`/proc/${app.host.pid()}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

it("takes an empty location for none", async () => {
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: "empty-location" });
  const empty = { ...chunk, contentLocation: "", metadataLocation: "" };
  await app.publish([recordingEvent("no-location", [empty])]);
  expect((await app.store.manifest("no-location"))?.chunks).toMatchObject([{ sha256 }]);
});

it("goes on after a cut where its staged blocks end, and fetches nothing twice", async () => {
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: "cut-late", bytes: 20 * MiB });
  await app.fault({ kind: "content", fault: "cut", documentId: "cut-late", afterBytes: 18 * MiB });
  await app.publish([recordingEvent("resumed", [chunk])]);
  expect((await app.store.manifest("resumed"))?.chunks).toMatchObject([{ length: 20 * MiB, sha256 }]);
  expect(await savedBlob(app, "resumed/0-cut-late.mp4")).toMatchObject({ sha256 });
  const recordings = await (await fetch(`${app.addresses.acs}/simulator/recordings`)).json();
  expect(recordings).toContainEqual(
    expect.objectContaining({ documentId: "cut-late", asked: ["whole", `bytes=${16 * MiB}-`] }),
  );
});
