// Readers that go away, and storage that breaks under them. The app reaches storage by way of a
// proxy and a tap, so that it can be seen what was read.
import { once } from "node:events";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StorageProxy, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { hashOf, openBody } from "../support/openBody.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { startTap, type Tap } from "../support/startTap.ts";

const MiB = 1024 * 1024;
const length = 64 * MiB;
const content = "/api/recordings/large/chunks/0/content";

let proxy: StorageProxy;
let app: App;
let tap: Tap;
let sha256: string;
beforeAll(async () => {
  proxy = await startStorageProxy();
  app = await startApp({ AzureWebJobsStorage: proxy.connectionString });
  tap = await startTap(app.addresses.storageConnectionString);
  proxy.target = tap.connectionString;
  const added = await addChunk(app, 0, { documentId: "large", bytes: length });
  sha256 = added.sha256;
  await app.publish([recordingEvent("large", [added.chunk])]);
});
afterAll(async () => {
  await app?.close();
  proxy.close();
  tap.close();
});

it("stops reading from storage when the reader goes away, at the first request of all too", async () => {
  const before = tap.passed();
  tap.letBy(MiB);
  const readers = await Promise.all(Array.from({ length: 4 }, () => openBody(app, content)));
  for (const reader of readers) {
    await once(reader, "readable");
    reader.destroy();
  }
  // The app sees with the next bytes that nobody is there; were it not to stop, it would wait for the rest, and this for it.
  tap.letBy(8 * MiB);
  await app.idle();
  expect(tap.passed() - before).toBeLessThan((readers.length * length) / 2);
  tap.letBy(Number.POSITIVE_INFINITY);
});

it("goes on where the connection to storage broke", async () => {
  const reader = await openBody(app, content);
  await once(reader, "readable");
  tap.cut();
  expect(await hashOf(reader)).toBe(sha256);
});

it("breaks off, and never mixes, when the file is another one after that", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "changed", bytes: length });
  await app.publish([recordingEvent("changed", [chunk])]);
  const reader = await openBody(app, "/api/recording/download/changed");
  await once(reader, "readable");
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  await service
    .getContainerClient("recordings")
    .getBlockBlobClient("changed/0-changed.mp4")
    .uploadData(Buffer.alloc(length));
  tap.cut();
  await expect(hashOf(reader)).rejects.toThrow("aborted");
  await app.idle();
});

it.for(["closed", "unavailable"] as const)("is 500 while storage is %s, and says so", async (mode) => {
  proxy.mode = mode;
  const paths = [content, "/api/recordings", "/api/recordings/large", "/api/recording/download/large/metadata"];
  const answers = await Promise.all(paths.map((path) => app.get(path)));
  for (const answer of answers) {
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      code: "ACS_EVENTS_STORAGE_UNAVAILABLE",
      message: expect.stringContaining("Try again"),
    });
  }
  proxy.mode = "open";
  expect(await hashOf(await openBody(app, content))).toBe(sha256);
});
