// The sweep over recordings that were started here: what a crash or a lost answer left out is found, and so is who forgot what.
import { TableClient } from "@azure/data-tables";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableKey } from "../../src/storage/keys.ts";
import { answerOf, callIdOf, recordingsOf } from "../support/callRecording.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

const minute = 60_000;
const log: string[] = [];

let app: App;
let ledger: TableClient;
/** How far the clock is ahead, in milliseconds. It only goes forward, so what one test leaves is old to the next. */
let ahead = 0;

beforeAll(async () => {
  // Without callbacks, so that nobody but the sweep finds out.
  app = await startApp({ PUBLIC_BASE_URL: "" }, { log: (line) => log.push(line) });
  ledger = TableClient.fromConnectionString(app.addresses.storageConnectionString, "ledger", {
    allowInsecureConnection: true,
  });
});
afterAll(() => app?.close());

async function later(minutes: number): Promise<void> {
  ahead += minutes * minute;
  await app.moveClock(ahead);
}

async function sweep(minutes = 0): Promise<void> {
  await later(minutes);
  await app.host.runTimer("reconcileRecordings");
  await app.idle();
}

/** Does something with a client of its own, whose clock is not moved. */
async function elsewhere(work: (recordings: ReturnType<typeof recordingsOf>) => Promise<void>): Promise<void> {
  await app.moveClock(0);
  await work(recordingsOf(app));
  await app.moveClock(ahead);
}

const start = (body: unknown) => answerOf(app.call("POST", "/api/recordings", body));
const started = async (name: string) => String((await start({ serverCallId: callIdOf(name) })).body.recordingId);
const control = (recordingId: string, operation: string) =>
  answerOf(app.call("POST", `/api/recordings/${recordingId}/${operation}`));
const runOf = async (recordingId: string) => (await app.store.ledger(`recording:${recordingId}`, "run"))[0];
const isWatched = async (recordingId: string) => (await app.store.ledger("open:recording", recordingId)).length === 1;
const openStarts = () => app.store.ledger("open:start");
const problems = async (of: string) =>
  (await app.store.problems()).flatMap(({ raw, state, partitionKey: kind }) =>
    raw === of && state === "open" ? kind : [],
  );
const faultsLeft = async () => {
  const faults = (await (await fetch(`${app.addresses.acs}/simulator/faults`)).json()) as { left: number }[];
  return faults.reduce((sum, { left }) => sum + left, 0);
};
const clearFaults = () => fetch(`${app.addresses.acs}/simulator/faults`, { method: "DELETE" });
const lastCounts = () => {
  const line = log.findLast((one) => one.startsWith("reconcileRecordings: {"));
  return JSON.parse(line?.slice(line.indexOf("{")) ?? "{}") as Record<string, number>;
};

describe("a start that was interrupted", () => {
  it("is told of when ACS's answer was lost and nobody asked again; the next request gets the recording", async () => {
    const roomId = "99100000000000031";
    await app.fault({ kind: "recording", fault: "acceptThenCut", times: 3 });
    expect((await start({ roomId, operationContext: "lost" })).status).toBe(500);
    await app.host.restart();
    await sweep(4);
    expect(await problems(`roomId:${roomId}`)).toEqual([]);
    await sweep(2);
    expect(await problems(`roomId:${roomId}`)).toEqual(["recordingStartUncertain"]);
    const found = await start({ roomId });
    expect(found.body).toMatchObject({ alreadyRunning: true });
    expect([await problems(`roomId:${roomId}`), await openStarts()]).toEqual([[], []]);
    expect(await isWatched(String(found.body.recordingId))).toBe(true);
  });

  it("is not carried out a day later with what was asked for then", async () => {
    const roomId = "99100000000000032";
    await app.fault({ kind: "recording", fault: "503", times: 3 });
    expect((await start({ roomId, operationContext: "yesterday" })).status).toBe(500);
    await sweep(25 * 60);
    expect(await openStarts()).toEqual([]);
    expect((await start({ roomId, operationContext: "today" })).body).toMatchObject({ operationContext: "today" });
  });

  it("is completed when ACS gave the id and the app died before it wrote more", async () => {
    const roomId = "99100000000000033";
    await app.fault({ kind: "recording", fault: "acceptThenCut", times: 3 });
    await start({ roomId, operationContext: "lost" });
    const [interrupted] = await openStarts();
    const recordingId = String((await start({ roomId })).body.recordingId);
    await ledger.deleteEntity("open:recording", tableKey(recordingId));
    for (const row of ["run", "about"]) await ledger.deleteEntity(tableKey(`recording:${recordingId}`), row);
    await ledger.createEntity({ partitionKey: "", rowKey: "", ...interrupted });
    await sweep();
    expect(await runOf(recordingId)).toMatchObject({ recordingId, stoppedAt: "" });
    expect(await isWatched(recordingId)).toBe(true);
    expect(await openStarts()).toEqual([]);
    expect(await problems(`roomId:${roomId}`)).toEqual([]);
  });

  it("keeps its recording when another request, which ACS did not know the call of, takes the claim back meanwhile", async () => {
    const body = { serverCallId: callIdOf("in-flight") };
    await app.fault({ kind: "recording", fault: "slow", bytesPerSecond: 100 });
    await app.fault({ kind: "recording", fault: "404" });
    const first = start(body);
    await expect.poll(faultsLeft, { timeout: 60_000 }).toBe(1);
    expect((await start(body)).status).toBe(409);
    const { status, body: running } = await first;
    expect(status).toBe(201);
    expect((await start(body)).body).toMatchObject({ recordingId: running.recordingId, alreadyRunning: true });
  });

  it("leaves nothing when ACS refused it, or when its claim is gone", async () => {
    await app.fault({ kind: "recording", fault: "404" });
    expect((await start({ serverCallId: callIdOf("nobody") })).status).toBe(404);
    expect(await openStarts()).toEqual([]);
    await ledger.createEntity({
      partitionKey: "open:start",
      rowKey: "s",
      locator: "roomId:1",
      since: new Date(Date.now() + ahead),
    });
    await sweep(6);
    expect(await openStarts()).toEqual([]);
  });

  it("leads to no recording by a part of the id that two of them share", async () => {
    const recordingId = await started("shares");
    const parts = JSON.parse(Buffer.from(recordingId, "base64url").toString());
    const other = Buffer.from(JSON.stringify({ ...parts, ResourceSpecificId: "another" })).toString("base64url");
    await app.fault({ kind: "recording", fault: "503", times: 3 });
    await start({ roomId: "99100000000000034" });
    const claim = { partitionKey: "running:roomId:99100000000000034", rowKey: "" };
    await ledger.updateEntity({ ...claim, recordingId: other }, "Merge");
    await sweep();
    expect(await runOf(other)).toMatchObject({ recordingId: other });
    expect((await control(parts.PlatformEndpointId, "pause")).status).toBe(404);
    expect((await control(parts.ResourceSpecificId, "pause")).status).toBe(200);
  });
});

describe("a recording that runs", () => {
  it("goes on after its first chunks are announced, and is not missed before it stops", async () => {
    const recordingId = await started("long");
    const { chunk } = await addChunk(app, 0, { documentId: "long-0" });
    const event = recordingEvent(recordingId, [{ ...chunk, endReason: "ChunkMaximumSizeExceeded" }]);
    await app.publish([event]);
    for (const fault of ["404", "500"]) {
      if (fault === "500") await app.fault({ kind: "recording", fault, times: 1000 });
      await sweep(11);
      expect(await runOf(recordingId)).toMatchObject({ stoppedAt: "" });
      expect(await problems(`${recordingId}/manifest.json`)).toEqual([]);
    }
    await clearFaults();
    expect((await control(recordingId, "stop")).status).toBe(200);
  });

  it("is over when all chunks are announced and ACS cannot be asked", async () => {
    const recordingId = await started("unasked");
    const { chunk } = await addChunk(app, 0, { documentId: "unasked-0" });
    await app.publish([recordingEvent(recordingId, [chunk])]);
    await sweep();
    expect(await runOf(recordingId)).toMatchObject({ stoppedAt: "" });
    await app.fault({ kind: "recording", fault: "500", times: 1000 });
    await sweep();
    await clearFaults();
    expect(await runOf(recordingId)).toMatchObject({ stoppedAt: expect.stringMatching("Z$") });
    expect(await isWatched(recordingId)).toBe(false);
  });

  it("is missed when it was stopped elsewhere and never announced", async () => {
    const recordingId = await started("unannounced");
    await app.fault({ kind: "announcement", fault: "lost", documentId: recordingId });
    await elsewhere((recordings) => recordings.stop(recordingId));
    await sweep();
    expect(await runOf(recordingId)).toMatchObject({ stoppedAt: expect.stringMatching("Z$") });
    expect(await problems(recordingId)).toEqual([]);
    await sweep(11);
    expect(await problems(recordingId)).toEqual(["recordingNotAnnounced"]);
    await app.publish([recordingEvent(recordingId, [(await addChunk(app, 0, { documentId: "late" })).chunk])]);
    await sweep(11);
    expect(await problems(recordingId)).toEqual([]);
    await sweep(24 * 60);
    expect(await isWatched(recordingId)).toBe(false);
  });

  it("is told of when it stays paused, whoever paused it", async () => {
    const recordingId = await started("paused");
    await elsewhere((recordings) => recordings.pause(recordingId));
    await sweep();
    expect(await runOf(recordingId)).toMatchObject({ pausedAt: expect.stringMatching("Z$"), stoppedAt: "" });
    expect(await problems(recordingId)).toEqual([]);
    await sweep(31);
    expect(await problems(recordingId)).toEqual(["recordingPaused"]);
    await elsewhere((recordings) => recordings.resume(recordingId));
    await sweep();
    expect([(await runOf(recordingId))?.pausedAt, await problems(recordingId)]).toEqual(["", []]);
  });
});

describe("a sweep", () => {
  beforeAll(async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => started(`many-${index}`)));
  });

  it("saves chunks whatever ACS's trouble, and asks ACS no more after it did not answer", async () => {
    const { chunk, sha256 } = await addChunk(app, 0, { documentId: "in-trouble" });
    await app.fault({ kind: "content", fault: "503", documentId: "in-trouble", times: 3 });
    await app.publish([recordingEvent("in-trouble", [chunk])]);
    const queues = QueueServiceClient.fromConnectionString(app.addresses.storageConnectionString);
    await queues.getQueueClient("recording-downloads").clearMessages();
    await clearFaults();
    await app.fault({ kind: "recording", fault: "500", times: 1000 });
    await sweep(16);
    const asked = 1000 - (await faultsLeft());
    await clearFaults();
    // Eight are asked about at once, three times each.
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(24);
    expect(await app.store.manifest("in-trouble")).toMatchObject({ state: "complete", chunks: [{ sha256 }] });
  });

  it("ends in time, and leaves the rest for the next", async () => {
    await app.fault({ kind: "recording", fault: "slow", bytesPerSecond: 100, times: 8 });
    const sweeping = app.host.runTimer("reconcileRecordings");
    await expect.poll(faultsLeft, { timeout: 60_000 }).toBe(0);
    await later(9);
    await sweeping;
    const { failed, left } = lastCounts();
    expect(failed).toBe(0);
    expect(left).toBeGreaterThan(0);
    await sweep();
    expect(lastCounts()).toMatchObject({ failed: 0, left: 0 });
  });

  it("says which recording it could not look at", async () => {
    const recordingId = await started("odd");
    const run = { partitionKey: tableKey(`recording:${recordingId}`), rowKey: "run" };
    await ledger.updateEntity({ ...run, startedAt: "never" }, "Merge");
    await sweep();
    expect(log.filter((line) => line.includes(recordingId) && line.includes("could not be looked at"))).toHaveLength(1);
  });
});
