import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { savedBlob } from "../support/savedBlob.ts";
import { type App, startApp } from "../support/startApp.ts";

const dayMs = 86_400_000;

let app: App;
beforeAll(async () => {
  app = await startApp({}, { instances: 2 });
});
afterAll(() => app?.close());

it("runs several hosts on one account: what Event Grid delivers to the first, each of them finishes", async () => {
  const [, second] = app.hosts;
  const before = second?.started() ?? 0;
  const hashes = new Map<string, string>();
  await expect
    .poll(
      async () => {
        const batch = Array.from({ length: 20 }, async (_, index) => {
          const recordingId = `two-${hashes.size + index}`;
          const { chunk, sha256 } = await addChunk(app, 0, { documentId: `0-${recordingId}` });
          return { recordingId, sha256, event: recordingEvent(recordingId, [chunk]) };
        });
        const recordings = await Promise.all(batch);
        for (const { recordingId, sha256 } of recordings) hashes.set(recordingId, sha256);
        await app.publish(recordings.map(({ event }) => event));
        return second?.started();
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(before);
  for (const [recordingId, sha256] of hashes) expect(await sha256OfChunk(recordingId)).toBe(sha256);
});

describe("a moved clock", () => {
  it("moves app and ACS together: storage takes the app's requests, ACS its signatures", async () => {
    await app.moveClock(2 * dayMs);
    const { chunk, sha256 } = await addChunk(app, 0, { documentId: "0-moved-d0" });
    await app.publish([recordingEvent("moved", [chunk])]);
    expect(await sha256OfChunk("moved")).toBe(sha256);
    expect(await app.store.problems()).toEqual([]);
    await app.moveClock(0);
  });
});

it("is reached by HTTP functions' short hands", async () => {
  expect(await (await app.get("/api/health")).json()).toEqual({ status: "ok" });
  expect((await app.call("POST", "/api/health", { any: 1 })).status).toBe(404);
});

async function sha256OfChunk(recordingId: string): Promise<string> {
  const [content = ""] = (await app.store.names("recordings", `${recordingId}/`)).filter((name) =>
    name.endsWith(".mp4"),
  );
  return (await savedBlob(app, content)).sha256;
}
