import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

const MiB = 1024 * 1024;

/** What the simulator tells of a chunk. */
async function atSource(app: App, documentId: string) {
  const answer = await fetch(`${app.addresses.acs}/simulator/recordings`);
  const stored = (await answer.json()) as { documentId: string; asked: string[]; deleted: boolean }[];
  return stored.find((one) => one.documentId === documentId);
}

describe("RECORDING_DELETE_AT_SOURCE", () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ RECORDING_DELETE_AT_SOURCE: "true" });
  });
  afterAll(() => app?.close());

  it("deletes at ACS what is archived, and keeps what is ours", async () => {
    const { chunk, sha256 } = await addChunk(app, 0, { documentId: "deleted" });
    await app.publish([recordingEvent("deleted", [chunk])]);
    expect(await atSource(app, "deleted")).toMatchObject({ deleted: true });
    expect(await app.store.manifest("deleted")).toMatchObject({
      state: "complete",
      chunks: [{ state: "deleted", sha256 }],
    });
  });

  it("records a failure to delete, and is content", async () => {
    const { chunk } = await addChunk(app, 0, { documentId: "kept" });
    const deleteLocation = "https://storage.asm.skype.com.evil.example/v1/objects/kept";
    await app.publish([recordingEvent("kept", [{ ...chunk, deleteLocation }])]);
    expect(await app.store.manifest("kept")).toMatchObject({ state: "complete", chunks: [{ state: "archived" }] });
    const [row] = await app.store.ledger("recording:kept", "chunk:kept");
    expect(row).toMatchObject({ deleteError: "ACS_EVENTS_FORBIDDEN_HOST" });
    expect(await app.store.problems()).toEqual([]);
  });
});

describe("RECORDING_JOB_TIME", () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ RECORDING_JOB_TIME: "0" });
  });
  afterAll(() => app?.close());

  it("ends a job at a block, and the next one goes on from there", async () => {
    const { chunk, sha256 } = await addChunk(app, 0, { documentId: "in-jobs", bytes: 20 * MiB });
    await app.publish([recordingEvent("in-jobs", [chunk])]);
    expect(await app.store.manifest("in-jobs")).toMatchObject({ state: "complete", chunks: [{ sha256 }] });
    expect((await atSource(app, "in-jobs"))?.asked).toEqual(["whole", `bytes=${8 * MiB}-`, `bytes=${16 * MiB}-`]);
    const [row] = await app.store.ledger("recording:in-jobs", "chunk:in-jobs");
    expect(row).toMatchObject({ attempts: 0, turn: 2 });
  });
});
