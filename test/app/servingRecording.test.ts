import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

async function json(path: string): Promise<Record<string, unknown>> {
  const response = await app.get(path);
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  return (await response.json()) as Record<string, unknown>;
}

it("gives the manifest, under each id of the recording", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "named-0" });
  await app.publish([recordingEvent("first-name", [chunk])]);
  await app.publish([recordingEvent("second/name", [chunk])]);
  const manifest = await json("/api/recordings/first-name");
  expect(manifest).toMatchObject({ recordingId: "first-name", state: "complete", operations: [] });
  expect(manifest).toMatchObject((await app.store.manifest("first-name")) ?? {});
  expect(manifest).not.toHaveProperty("live");
  for (const name of ["second%2Fname", "second%252Fname"]) {
    expect(await json(`/api/recordings/${name}`)).toEqual(manifest);
    expect((await app.get(`/api/recordings/${name}/chunks/0/content`)).status).toBe(200);
  }
});

it("gives the state of chunks before the manifest is written", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "unsaved-0" });
  await app.fault({ kind: "content", fault: "503", documentId: "unsaved-0", times: 1000 });
  await app.publish([recordingEvent("unsaved", [chunk])]);
  const { state, chunks } = await json("/api/recordings/unsaved");
  expect({ state, chunks }).toMatchObject({
    state: "incomplete",
    chunks: [{ index: 0, documentId: "unsaved-0", error: "ACS_EVENTS_RECORDING_UNAVAILABLE" }],
  });
});

it("gives the live state and what was done, while a recording that was started here runs", async () => {
  const serverCallId = Buffer.from("https://conv.example/calls/1?i=1").toString("base64url");
  const started = await app.call("POST", "/api/recordings", { serverCallId, operationContext: "opened" });
  expect(started.status).toBe(201);
  const { recordingId } = (await started.json()) as { recordingId: string };
  const path = `/api/recordings/${encodeURIComponent(recordingId)}`;
  expect(await json(path)).toMatchObject({
    recordingId,
    state: "incomplete",
    serverCallId,
    live: { state: "active" },
    operations: [{ operation: "started", operationContext: "opened", time: expect.any(String) }],
  });

  await app.call("POST", `${path}/pause`, { operationContext: "break" });
  const paused = await json(path);
  expect(paused).toMatchObject({ live: { state: "inactive", pausedAt: expect.any(String) } });
  expect(paused.operations).toMatchObject([
    { operation: "started" },
    { operation: "paused", operationContext: "break" },
  ]);

  await app.fault({ kind: "recording", fault: "401" });
  expect(await json(path)).toMatchObject({ live: { state: "unknown", error: { code: expect.any(String) } } });
});

it("has no live state after the stop, and the chunks that it left", async () => {
  const serverCallId = Buffer.from("https://conv.example/calls/2?i=2").toString("base64url");
  const started = await app.call("POST", "/api/recordings", { serverCallId });
  const { recordingId } = (await started.json()) as { recordingId: string };
  const path = `/api/recordings/${encodeURIComponent(recordingId)}`;
  await app.call("POST", `${path}/stop`);
  await app.idle();
  const shown = await json(path);
  expect(shown).not.toHaveProperty("live");
  expect(shown).toMatchObject({ state: "complete", operations: [{ operation: "started" }, { operation: "stopped" }] });
  const [first] = (await json("/api/recordings?pageSize=1")).value as { recordingId: string; link: string }[];
  expect(first).toMatchObject({ recordingId, link: path });
});
