import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { savedBlob } from "../support/savedBlob.ts";
import { sourceBytes } from "../support/sourceBytes.ts";
import { type App, startApp } from "../support/startApp.ts";

const MiB = 1024 * 1024;

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

it.for([
  ["the file's last is not fetched again", "last", 9 * MiB, [`bytes=${9 * MiB}-`]],
  ["not the file's last is fetched again", "torn", 10 * MiB, [`bytes=${9 * MiB}-`, `bytes=${8 * MiB}-`]],
] as const)("a short block that a dead process staged and that is %s", async ([, name, bytes, asked]) => {
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: name, seed: 7, bytes });
  const blobs = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  const recordings = blobs.getContainerClient("recordings");
  await recordings.createIfNotExists();
  const blob = `${name}/0-${name}.mp4`;
  for (const [id, start, end] of [
    ["000000", 0, 8 * MiB],
    ["000001", 8 * MiB, 9 * MiB],
  ] as const) {
    const staged = sourceBytes(7, bytes, start, end);
    await recordings.getBlockBlobClient(blob).stageBlock(Buffer.from(id).toString("base64"), staged, staged.length);
  }
  await app.publish([recordingEvent(name, [chunk])]);
  expect(await app.store.manifest(name)).toMatchObject({ state: "complete", chunks: [{ length: bytes, sha256 }] });
  expect(await savedBlob(app, blob)).toMatchObject({ sha256 });
  const known = await (await fetch(`${app.addresses.acs}/simulator/recordings`)).json();
  expect(known).toContainEqual(expect.objectContaining({ documentId: name, asked }));
});
