import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

const minute = 60_000;

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

async function sweep(minutes: number): Promise<void> {
  await app.moveClock(minutes * minute);
  await app.host.runTimer("reconcileRecordings");
  await app.idle();
}

const openRecordings = async () => (await app.store.ledger("open:recording")).map(({ recordingId }) => recordingId);

it("fetches a chunk again whose job was lost", async () => {
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: "lost-job" });
  await app.fault({ kind: "content", fault: "503", documentId: "lost-job", times: 3 });
  await app.publish([recordingEvent("lost-job", [chunk])]);
  const queues = QueueServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  await queues.getQueueClient("recording-downloads").clearMessages();
  await sweep(30);
  expect(await app.store.manifest("lost-job")).toMatchObject({ state: "complete", chunks: [{ sha256 }] });
});

it("looks at an archived recording once more, and then no more", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "settled" });
  await app.publish([recordingEvent("settled", [chunk])]);
  expect(await openRecordings()).toContain("settled");
  await sweep(0);
  expect(await openRecordings()).not.toContain("settled");
});

it("fetches an archived chunk again whose blob is gone", async () => {
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: "removed" });
  await app.publish([recordingEvent("removed", [chunk])]);
  const recordings = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString).getContainerClient(
    "recordings",
  );
  await recordings.deleteBlob("removed/0-removed.mp4");
  await sweep(0);
  const damaged = expect.objectContaining({ partitionKey: "recordingDamaged", state: "resolved" });
  expect(await app.store.problems()).toContainEqual(damaged);
  expect(await app.store.names("recordings", "removed/0-removed.mp4")).toHaveLength(1);
  expect(await app.store.manifest("removed")).toMatchObject({ state: "complete", chunks: [{ sha256 }] });
});

it.for([
  ["gap", [0, 2], "SessionEnded"],
  ["cut-off", [0], "ChunkMaximumSizeExceeded"],
] as const)("misses chunks that were never announced (%s)", async ([name, indexes, endReason]) => {
  const added = indexes.map((index) => addChunk(app, index, { documentId: `${name}-${index}` }));
  const chunks = (await Promise.all(added)).map(({ chunk }) => ({ ...chunk, endReason }));
  await app.moveClock(0);
  await app.publish([recordingEvent(name, chunks)]);
  await sweep(5);
  const problem = expect.objectContaining({
    ...{ partitionKey: "recordingIncomplete", raw: `${name}/manifest.json`, state: "open" },
  });
  expect(await app.store.problems()).not.toContainEqual(problem);
  await sweep(11);
  expect(await app.store.problems()).toContainEqual(problem);
  expect(await app.store.manifest(name)).toMatchObject({ state: "incomplete" });
  expect(await openRecordings()).toContain(name);
  await sweep(25 * 60);
  expect(await openRecordings()).not.toContain(name);
  const { chunk } = await addChunk(app, 1, { documentId: `${name}-1` });
  await app.publish([recordingEvent(name, [chunk])]);
  await sweep(25 * 60);
  expect(await app.store.problems()).not.toContainEqual(problem);
});
