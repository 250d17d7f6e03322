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
  expect(await app.store.problems()).toEqual([]);
});

it.for(["cut", "truncated", "404", "empty"])(
  "gives up on a recording that stays so (%s): nothing of it is to be seen, and a problem is raised",
  async (fault) => {
    const recordingId = `never-${fault}`;
    const { chunk } = await addChunk(app, 0, { documentId: recordingId, bytes: 10_000_000 });
    await app.fault({ kind: "content", fault, documentId: recordingId, times: 100 });
    await app.publish([recordingEvent(recordingId, [chunk])]);
    expect(await contentOf(recordingId)).toEqual([]);
    const problems = (await app.store.problems()).filter(({ raw }) => String(raw).includes(`/${recordingId}-0.`));
    expect(problems).toEqual([expect.objectContaining({ partitionKey: "poisonedJob", state: "open" })]);
    expect(JSON.parse(String(problems[0]?.raw))).toMatchObject({ chunk: 0 });
  },
);
