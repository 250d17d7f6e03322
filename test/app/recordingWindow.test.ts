import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

const hour = 3_600_000;

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

/** A recording whose content meets one fault from now on, announced and tried. */
async function announce(recordingId: string, fault: string, times = 1000): Promise<string> {
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: recordingId });
  await app.fault({ kind: "content", fault, documentId: recordingId, times });
  await app.publish([recordingEvent(recordingId, [chunk])]);
  return sha256;
}

async function after(hours: number): Promise<void> {
  await app.moveClock(hours * hour);
  await app.host.runTimer("reconcileRecordings");
  await app.idle();
}

const openRecordings = async () => (await app.store.ledger("open:recording")).map(({ recordingId }) => recordingId);

const stateOf = async (recordingId: string) => {
  const [row] = await app.store.ledger(`recording:${recordingId}`, `chunk:${recordingId}`);
  return row?.state;
};

const problemsOf = async (recordingId: string) =>
  (await app.store.problems())
    .filter(({ raw, state }) => raw === `recording ${recordingId}, chunk ${recordingId}` && state === "open")
    .map(({ partitionKey, cause }) => `${partitionKey}: ${cause}`)
    .sort();

it("tells of a late chunk at 25, 50 and 75 % of its window, and goes on for as long as ACS has it", async () => {
  const sha256 = await announce("late", "503");
  const late = (percent: number) =>
    `recordingLate: A chunk of a recording is not archived after ${percent} % of the time that ACS keeps it`;
  await after(5);
  expect(await problemsOf("late")).toEqual([]);
  await after(7);
  expect(await problemsOf("late")).toEqual([late(25)]);
  await after(13);
  expect(await problemsOf("late")).toEqual([late(50)]);
  await after(19);
  expect(await problemsOf("late")).toEqual([late(75)]);
  await after(30);
  expect(await stateOf("late")).toBe("copying");
  await fetch(`${app.addresses.acs}/simulator/faults`, { method: "DELETE" });
  await after(47);
  expect(await stateOf("late")).toBe("archived");
  expect(await problemsOf("late")).toEqual([]);
  expect(await app.store.manifest("late")).toMatchObject({ state: "complete", chunks: [{ sha256 }] });
  await after(47);
  expect(await openRecordings()).not.toContain("late");
});

it.for(["404", "410"])(
  "reports a chunk as expired when ACS answers %s after the window, and not before",
  async (fault) => {
    await app.moveClock(0);
    await announce(`gone-${fault}`, fault);
    await after(23);
    expect(await stateOf(`gone-${fault}`)).toBe("copying");
    await after(25);
    expect(await stateOf(`gone-${fault}`)).toBe("expired");
    expect(await problemsOf(`gone-${fault}`)).toEqual([
      "recordingExpired: ACS does not have a recording any more: its time was over before it was archived",
    ]);
    expect(await app.store.manifest(`gone-${fault}`)).toMatchObject({
      state: "incomplete",
      chunks: [{ state: "expired" }],
    });
    await after(25);
    expect(await openRecordings()).not.toContain(`gone-${fault}`);
  },
);

it("keeps the content of a chunk whose metadata is gone, and says so", async () => {
  await app.moveClock(0);
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: "no-metadata" });
  await app.fault({ kind: "metadata", fault: "404", documentId: "no-metadata", times: 1000 });
  await app.publish([recordingEvent("no-metadata", [chunk])]);
  expect(await stateOf("no-metadata")).toBe("copying");
  await after(25);
  expect(await app.store.manifest("no-metadata")).toMatchObject({ state: "complete", chunks: [{ sha256 }] });
  const kinds = (await app.store.problems()).map(({ partitionKey }) => partitionKey);
  expect(kinds).toContain("recordingMetadataLost");
});

it("serves a blob that was restored, though ACS has the recording no more", async () => {
  await app.moveClock(0);
  const { chunk } = await addChunk(app, 0, { documentId: "restored" });
  await app.publish([recordingEvent("restored", [chunk])]);
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  const blob = service.getContainerClient("recordings").getBlockBlobClient("restored/0-restored.mp4");
  const bytes = await blob.downloadToBuffer();
  await blob.delete();
  await app.fault({ kind: "content", fault: "404", documentId: "restored", times: 1000 });
  await app.moveClock(26 * hour);
  const damaged = async () =>
    (await app.store.problems()).filter(({ raw }) => raw === "recordings/restored/0-restored.mp4");
  expect((await app.get("/api/recordings/restored/chunks/0/content")).status).toBe(500);
  await app.idle();
  expect(await app.store.manifest("restored")).toMatchObject({ state: "complete" });
  await app.host.runTimer("checkProblems");
  expect(await damaged()).toMatchObject([{ partitionKey: "recordingDamaged", state: "open" }]);
  await blob.uploadData(bytes);
  await app.host.runTimer("checkProblems");
  expect(await damaged()).toMatchObject([{ state: "resolved" }]);
  const again = await app.get("/api/recordings/restored/chunks/0/content");
  expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
});

it("gives up two days after the window", async () => {
  await app.moveClock(0);
  await announce("never", "503");
  await after(71);
  expect(await stateOf("never")).toBe("copying");
  await after(73);
  expect(await stateOf("never")).toBe("failed");
  expect(await problemsOf("never")).toEqual(["recordingFailed: A recording cannot be archived"]);
});
