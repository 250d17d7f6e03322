import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const alice = "8:acs:5d0c3f5e-0000-4000-8000-000000000001_alice";
const bob = "8:acs:5d0c3f5e-0000-4000-8000-000000000001_bob";

it("takes format, resolution, rates, participants and pauses from the metadata, in the forms of all years", async () => {
  const today = await addChunk(app, 0, {
    documentId: "today",
    metadata: {
      chunkStartTime: "2026-11-20T09:00:00.0000000Z",
      chunkDuration: 60_000,
      pauseResumeIntervals: [{ startTime: "2026-11-20T09:00:10.0000000Z", duration: 5_000 }],
      recordingInfo: {
        contentType: "audioVideo",
        channelType: "mixed",
        format: "mp4",
        audioConfiguration: { sampleRate: 16_000, bitRate: 128_000, channels: 1 },
        videoConfiguration: { longerSideLength: 1920, shorterSideLength: 1080, framerate: 8, bitRate: 1_000_000 },
      },
      participants: [{ participantId: alice }],
    },
  });
  const of2021 = await addChunk(app, 1, {
    documentId: "of-2021",
    metadata: {
      chunkDuration: "19320.0",
      // Swapped, as the files of 2021 have them.
      recordingInfo: { contentType: "mixed", channelType: "audioVideo", audioConfiguration: { sampleRate: "16000" } },
      participants: [{ participantId: bob, channel: 1 }, { participantId: alice }],
    },
  });
  await app.publish([recordingEvent("described", [today.chunk, of2021.chunk], { sessionEndReason: "CallEnded" })]);
  expect(await app.store.manifest("described")).toMatchObject({
    state: "complete",
    sessionEndReason: "CallEnded",
    chunks: [
      {
        format: "mp4",
        startTime: "2026-11-20T09:00:00.0000000Z",
        durationMs: 60_000,
        audio: { sampleRate: 16_000, bitRate: 128_000, channels: 1 },
        video: { width: 1920, height: 1080, frameRate: 8, bitRate: 1_000_000 },
        endReason: "SessionEnded",
        source: { contentLocation: today.chunk.contentLocation, metadataLocation: today.chunk.metadataLocation },
      },
      {
        durationMs: 19_320,
        recordingContentType: "audioVideo",
        recordingChannelType: "mixed",
        audio: { sampleRate: 16_000 },
      },
    ],
    participants: [{ participantId: alice }, { participantId: bob, channels: [1] }],
    pauses: [{ startTime: "2026-11-20T09:00:10.0000000Z", duration: 5_000 }],
    events: [{ event: expect.stringContaining("/described-0-1."), id: "described-0-1" }],
  });
});

it("bears metadata in which much is wrong, and says what", async () => {
  const { chunk, sha256 } = await addChunk(app, 0, {
    documentId: "odd",
    metadata: {
      chunkDuration: { seconds: 3 },
      pauseResumeIntervals: "never",
      recordingInfo: { format: "wav", audioConfiguration: { sampleRate: "fast", channels: 2 } },
      participants: [{ participantId: alice }, { name: "nobody" }, 17],
      more: true,
    },
  });
  await app.publish([recordingEvent("odd", [chunk])]);
  const manifest = await app.store.manifest("odd");
  expect(manifest).toMatchObject({
    state: "complete",
    chunks: [{ sha256, blob: "odd/0-odd.wav", contentType: "audio/wav", audio: { channels: 2 } }],
    participants: [{ participantId: alice }],
  });
  expect(manifest?.chunks[0]?.metadataWarnings?.toSorted()).toEqual([
    "/chunkDuration",
    "/participants/1",
    "/participants/1",
    "/pauseResumeIntervals",
    "/recordingInfo/audioConfiguration/sampleRate",
  ]);
  expect(await app.store.read("recordings", "odd/0-odd.metadata.json")).toMatchObject({ more: true });
});

it("is complete when all chunks are kept, whatever the order of their events", async () => {
  const added = [0, 1, 2].map((index) => addChunk(app, index, { documentId: `order-${index}` }));
  const [first, second, third] = (await Promise.all(added)).map(({ chunk }) => chunk);
  if (!first || !second || !third) throw new Error("three chunks were added");
  const more = { endReason: "ChunkMaximumSizeExceeded" };
  await app.publish([recordingEvent("order", [third])]);
  expect(await app.store.manifest("order")).toMatchObject({ state: "incomplete", chunks: [{ index: 2 }] });
  await app.publish([recordingEvent("order", [{ ...first, ...more }])]);
  expect(await app.store.manifest("order")).toMatchObject({ state: "incomplete" });
  await app.publish([recordingEvent("order", [{ ...second, ...more }])]);
  expect(await app.store.manifest("order")).toMatchObject({
    state: "complete",
    chunks: [{ index: 0 }, { index: 1 }, { index: 2 }],
  });
});
