import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { savedBlob } from "../support/savedBlob.ts";
import { type App, type Fault, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const contentOf = async (recordingId: string) =>
  (await app.store.names("recordings", `${recordingId}/`)).filter((name) => !name.endsWith(".metadata.json"));

it("saves recordings whole in the end, whatever goes wrong at first", async () => {
  const faults = ["503", "500", "429-retry-after", "401", "404", "htmlError", "redirect", "empty", "cut", "truncated"];
  const trouble = (["content", "metadata"] as const).flatMap((kind) => faults.map((fault): Fault => ({ kind, fault })));
  const expected = trouble.map(async ({ kind, fault }) => {
    const documentId = `${kind}-${fault}`;
    const { chunk, sha256 } = await addChunk(app, 0, { documentId, seed: documentId, bytes: 100_000 });
    await app.fault({ kind, fault, documentId, times: 2 });
    return { event: recordingEvent(documentId, [chunk]), documentId, sha256 };
  });
  const recordings = await Promise.all(expected);
  await app.publish(recordings.map(({ event }) => event));

  for (const { documentId, sha256 } of recordings) {
    const manifest = await app.store.manifest(documentId);
    expect(manifest?.chunks, documentId).toMatchObject([{ length: 100_000, sha256 }]);
    expect(await savedBlob(app, `${documentId}/0-${documentId}.mp4`), documentId).toMatchObject({ sha256 });
  }
  const kinds = (await app.store.problems()).map(({ partitionKey }) => partitionKey);
  expect(kinds).toEqual(["recordingCredentials"]);
});

it.for(["cut", "truncated", "404", "empty", "503"])(
  "keeps trying a recording that stays so (%s), and shows nothing of it",
  async (fault) => {
    const recordingId = `never-${fault}`;
    const { chunk } = await addChunk(app, 0, { documentId: recordingId, bytes: 10_000_000 });
    await app.fault({ kind: "content", fault, documentId: recordingId, times: 100 });
    await app.publish([recordingEvent(recordingId, [chunk])]);
    expect(await contentOf(recordingId)).toEqual([`${recordingId}/manifest.json`]);
    const [row] = await app.store.ledger(`recording:${recordingId}`, `chunk:${recordingId}`);
    // Two tries come within seconds here; the third waits for minutes, which is a second at a hundredth.
    expect(row).toMatchObject({
      state: "copying",
      attempts: 3,
      turn: 3,
      errorCode: expect.stringMatching(/^ACS_EVENTS_/),
    });
    const wait = new Date(String(row?.nextTry)).getTime() - Date.now();
    expect(wait).toBeGreaterThan(60_000);
    expect(wait).toBeLessThan(300_000);
    expect((await app.store.problems()).filter(({ raw }) => String(raw).includes(recordingId))).toEqual([]);
  },
);

it("says at once that ACS refuses the credentials", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "refused" });
  await app.fault({ kind: "content", fault: "401", documentId: "refused", times: 1 });
  await app.publish([recordingEvent("refused", [chunk])]);
  expect(await app.store.problems()).toContainEqual(
    expect.objectContaining({
      partitionKey: "recordingCredentials",
      state: "resolved",
      advice: expect.stringContaining("ACS_CONNECTION_STRING"),
    }),
  );
  expect((await app.store.manifest("refused"))?.state).toBe("complete");
});

it("says at once that a location is none of ACS, and goes on trying: the list of hosts may be out of date", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "forged" });
  const contentLocation = "https://storage.asm.skype.com.evil.example/v1/objects/forged/content/video";
  await app.publish([recordingEvent("forged", [{ ...chunk, contentLocation }])]);
  expect((await app.store.manifest("forged"))?.chunks).toMatchObject([
    { state: "copying", error: "ACS_EVENTS_FORBIDDEN_HOST" },
  ]);
  expect(await app.store.problems()).toContainEqual(expect.objectContaining({ partitionKey: "recordingFailed" }));
});

it("takes no document for a recording, whatever its status", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "document" });
  await app.publish([recordingEvent("document", [{ ...chunk, contentLocation: chunk.metadataLocation }])]);
  expect((await app.store.manifest("document"))?.chunks).toMatchObject([
    { state: "copying", error: "ACS_EVENTS_NOT_A_RECORDING" },
  ]);
  expect(await contentOf("document")).toEqual(["document/manifest.json"]);
});

it("follows the event that has better locations", async () => {
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: "moved" });
  const contentLocation = "https://storage.asm.skype.com/v1/objects/elsewhere/content/video";
  await app.publish([{ ...recordingEvent("moved", [{ ...chunk, contentLocation }]), id: "first" }]);
  expect((await app.store.manifest("moved"))?.chunks).toMatchObject([{ state: "copying" }]);
  await app.publish([recordingEvent("moved", [chunk])]);
  expect(await app.store.manifest("moved")).toMatchObject({ state: "complete", chunks: [{ sha256 }] });
});
