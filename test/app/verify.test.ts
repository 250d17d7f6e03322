import { spawnSync } from "node:child_process";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { inRepository } from "../support/repository.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
  for (const name of ["whole", "altered", "shortened", "removed", "vanished"]) {
    const { chunk } = await addChunk(app, 0, { documentId: name, bytes: 5_000 });
    await app.publish([recordingEvent(name, [chunk])]);
  }
});
afterAll(() => app?.close());

/** Runs `npm run verify` as an owner does, from the command line. */
function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/verify.ts", ...args], {
    cwd: inRepository(""),
    env: { ...process.env, AzureWebJobsStorage: app.addresses.storageConnectionString },
    encoding: "utf8",
  });
  return { status, lines: stdout.trim().split("\n"), stderr };
}

it("finds nothing where nothing is wrong", () => {
  expect(verify("recordings")).toMatchObject({
    status: 0,
    lines: expect.arrayContaining(["5 recordings, 5 chunks, 25000 bytes read; 0 chunks not archived; 0 differences"]),
  });
  expect(verify("recordings", "--recording", "whole")).toMatchObject({
    status: 0,
    lines: expect.arrayContaining(["ok       whole/manifest.json  1 chunk(s), 5000 bytes"]),
  });
});

it("finds all of it in the seals: events, content and metadata", async () => {
  await app.moveClock(86_400_000);
  await app.host.runTimer("seal");
  await app.moveClock(0);
  const { status, lines } = verify("archive");
  expect(lines).toEqual([
    expect.stringMatching(/^\d seals; 15 objects as they were sealed, 0 not sealed yet, .* 0 differences$/),
  ]);
  expect(status).toBe(0);
});

it("reports each difference, and exits with 1", async () => {
  const recordings = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString).getContainerClient(
    "recordings",
  );
  await recordings.getBlockBlobClient("altered/0-altered.mp4").upload("x".repeat(5_000), 5_000);
  await recordings.getBlockBlobClient("shortened/0-shortened.mp4").upload("x", 1);
  await recordings.deleteBlob("removed/0-removed.mp4");
  await recordings.getBlockBlobClient("whole/9-stray.mp4").upload("x", 1);
  for (const name of await app.store.names("recordings", "vanished/")) await recordings.deleteBlob(name);
  const { status, lines } = verify("recordings");
  expect(status).toBe(1);
  expect(lines.filter((line) => line.startsWith("DIFFERS"))).toEqual([
    expect.stringMatching(/chunk 0: altered\/0-altered.mp4 has SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}$/),
    "DIFFERS  chunk 0: removed/0-removed.mp4 is not there",
    "DIFFERS  chunk 0: shortened/0-shortened.mp4 has 1 bytes instead of 5000",
    "DIFFERS  whole/9-stray.mp4 is not in the manifest",
    "DIFFERS  vanished/manifest.json is not there, and the ledger has 1 archived chunk(s) of it",
  ]);
});

it("says what it wants, and that a recording is none", () => {
  expect(verify()).toMatchObject({ status: 2, stderr: expect.stringContaining("Usage: npm run verify -- recordings") });
  expect(verify("recordings", "--recording", "nobody")).toMatchObject({ status: 1 });
});
