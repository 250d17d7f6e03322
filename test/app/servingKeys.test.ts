import { afterAll, beforeAll, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp({}, { auth: "master-key" });
  const { chunk } = await addChunk(app, 0, { documentId: "locked" });
  await app.publish([recordingEvent("locked", [chunk])]);
});
afterAll(() => app?.close());

it.each([
  "/api/recordings",
  "/api/recordings/locked",
  "/api/recordings/locked/chunks/0/content",
  "/api/recordings/locked/chunks/0/metadata",
  "/api/recording/download/locked",
  "/api/recording/download/locked/metadata",
])("opens %s to a function key only", async (path) => {
  const statusWith = async (key?: string) =>
    (await app.get(path, key ? { headers: { "x-functions-key": key } } : {})).status;
  expect(await statusWith()).toBe(401);
  expect(await statusWith("wrong")).toBe(401);
  expect(await statusWith(app.host.keys?.function)).toBe(200);
  expect((await app.get(`${path}?code=${app.host.keys?.function}`)).status).toBe(200);
});

it("has no other methods", async () => {
  const headers = { "x-functions-key": app.host.keys?.function ?? "" };
  for (const method of ["PUT", "DELETE", "POST"]) {
    expect((await app.get("/api/recording/download/locked", { method, headers })).status).toBe(404);
  }
});
