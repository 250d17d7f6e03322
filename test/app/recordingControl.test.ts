// Starting and controlling recordings over HTTP, with the official SDK and the simulator's signature checks behind it.
import { TableClient } from "@azure/data-tables";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableKey } from "../../src/storage/keys.ts";
import { answerOf, callIdOf, recordingsOf } from "../support/callRecording.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const start = (body: unknown) => answerOf(app.call("POST", "/api/recordings", body));
const control = (recordingId: unknown, operation: string, body?: unknown) =>
  answerOf(app.call("POST", `/api/recordings/${encodeURIComponent(String(recordingId))}/${operation}`, body));
const endCall = (serverCallId: string) =>
  fetch(`${app.addresses.acs}/simulator/calls/${serverCallId}/end`, { method: "POST" });
const runOf = async (recordingId: unknown) => (await app.store.ledger(`recording:${recordingId}`, "run"))[0];

describe("POST /api/recordings", () => {
  it("starts, pauses, resumes and stops a recording, keeps each with its operationContext, and archives it", async () => {
    const serverCallId = callIdOf("whole");
    const started = await start({
      serverCallId,
      recordingContentType: "audio",
      recordingChannelType: "unmixed",
      recordingFormatType: "wav",
      operationContext: "case 17",
    });
    const { recordingId } = started.body;
    expect(started).toEqual({
      status: 201,
      body: { recordingId: expect.any(String), recordingState: "active", operationContext: "case 17" },
    });
    const paused = await control(recordingId, "pause", { operationContext: "card number" });
    expect(paused.body).toEqual({ recordingId, recordingState: "inactive", operationContext: "card number" });
    expect(await runOf(recordingId)).toMatchObject({
      serverCallId,
      stoppedAt: "",
      pausedAt: expect.stringMatching("Z$"),
    });
    expect((await recordingsOf(app).getState(String(recordingId))).recordingState).toBe("inactive");
    expect(await control(recordingId, "resume")).toEqual({
      status: 200,
      body: { recordingId, recordingState: "active" },
    });
    expect(await runOf(recordingId)).toMatchObject({ pausedAt: "", stoppedAt: "" });
    const stopped = await control(recordingId, "stop", { operationContext: "done" });
    expect(stopped.body).toEqual({ recordingId, recordingState: "inactive", operationContext: "done" });
    expect(await runOf(recordingId)).toMatchObject({ stoppedAt: expect.stringMatching("Z$") });
    await app.idle();

    const rows = (await app.store.timeline(`recording:${recordingId}`)).filter(({ family }) => family === "recording");
    const operations = rows.filter(({ type }) => String(type).startsWith("RecordingControl."));
    expect(operations.map(({ type, summary }) => [type, JSON.parse(String(summary))])).toEqual([
      ["RecordingControl.started", { operationContext: "case 17" }],
      ["RecordingControl.paused", { operationContext: "card number" }],
      ["RecordingControl.resumed", {}],
      ["RecordingControl.stopped", { operationContext: "done" }],
    ]);
    expect(rows.filter(({ type }) => type === "RecordingStateChanged")).toHaveLength(4);
    expect(await app.store.manifest(String(recordingId))).toMatchObject({ state: "complete", serverCallId });
  });

  it.each([
    ["conversationUrl", "https://conv.contoso.example/conv/by-url?i=1"],
    ["groupCallId", "29228d3e-040e-4656-a70e-890ab4e173e5"],
    ["roomId", "99100000000000017"],
    ["callConnectionId", "41002b00-55aa-4c3d-9e10-7f6e5d4c3b2a"],
  ])("takes a call by its %s, and twice gives one recording", async (locator, id) => {
    const first = await start({ [locator]: id });
    expect(first.status).toBe(201);
    const again = await start({ [locator]: id });
    const { recordingId } = first.body;
    expect(again).toEqual({ status: 200, body: { recordingId, recordingState: "active", alreadyRunning: true } });
    expect((await control(recordingId, "stop")).status).toBe(200);
  });

  it("takes a conversation's URL and its Base64Url as one call", async () => {
    const first = await start({ conversationUrl: "https://conv.contoso.example/conv/same?i=1" });
    expect((await start({ serverCallId: callIdOf("same") })).body).toMatchObject({
      recordingId: first.body.recordingId,
      alreadyRunning: true,
    });
  });

  it("finds the recording that was started by another name of the call, and keeps who asked again", async () => {
    const first = await start({ roomId: "99100000000000099", operationContext: "by room" });
    await app.idle();
    const run = await runOf(first.body.recordingId);
    const again = await start({ serverCallId: run?.serverCallId, operationContext: "by call" });
    const { recordingId } = first.body;
    expect(again).toMatchObject({
      status: 200,
      body: { recordingId, alreadyRunning: true, operationContext: "by call" },
    });
    const shown = (await answerOf(app.get(`/api/recordings/${recordingId}`))).body;
    expect(shown.operations).toMatchObject([
      { operation: "started", operationContext: "by room" },
      { operation: "startedAgain", operationContext: "by call" },
    ]);
  });

  it("starts one recording for many requests at once", async () => {
    const body = { serverCallId: callIdOf("at-once") };
    const answers = await Promise.all(Array.from({ length: 6 }, () => start(body)));
    expect(new Set(answers.map((answer) => answer.body.recordingId)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 201 || status === 200)).toBe(true);
  });

  it("starts a new one after a stop, and after the call's end that nobody told of", async () => {
    const body = { groupCallId: "29228d3e-040e-4656-a70e-890ab4e173e6" };
    const first = await start(body);
    await control(first.body.recordingId, "stop");
    const second = await start(body);
    expect(second.status).toBe(201);
    await recordingsOf(app).stop(String(second.body.recordingId));
    await app.fault({ kind: "recording", fault: "404" });
    const third = await start(body);
    expect(third.status).toBe(201);
    expect(new Set([first, second, third].map((answer) => answer.body.recordingId)).size).toBe(3);

    const serverCallId = callIdOf("ended");
    const before = await start({ serverCallId });
    await endCall(serverCallId);
    expect((await control(before.body.recordingId, "pause")).status).toBe(404);
    await app.fault({ kind: "recording", fault: "404" });
    expect((await start({ serverCallId })).status).toBe(201);
  });

  it("starts paused, and knows it", async () => {
    const { body } = await start({ serverCallId: callIdOf("paused"), pauseOnStart: true });
    expect(body.recordingState).toBe("inactive");
    expect(await runOf(body.recordingId)).toMatchObject({ pausedAt: expect.stringMatching("Z$") });
  });

  it("lets ACS write to the owner's container", async () => {
    const recordingDestinationContainerUrl = "https://contoso.blob.core.windows.net/calls";
    const { body } = await start({
      serverCallId: callIdOf("own-storage"),
      externalStorage: { recordingDestinationContainerUrl },
    });
    await control(body.recordingId, "stop");
    await app.idle();
    const manifest = await app.store.manifest(String(body.recordingId));
    expect(manifest?.storage).toBe("own");
    expect(manifest?.chunks[0]?.source.contentLocation).toContain(recordingDestinationContainerUrl);
  });

  it("writes again what a crash after ACS's answer left out, at the next start", async () => {
    const body = { serverCallId: callIdOf("left-out"), operationContext: "the first" };
    const { recordingId } = (await start(body)).body;
    const ledger = TableClient.fromConnectionString(app.addresses.storageConnectionString, "ledger", {
      allowInsecureConnection: true,
    });
    await ledger.deleteEntity(tableKey(`recording:${recordingId}`), "run");
    const again = await start({ ...body, operationContext: "the second" });
    expect(again.body).toMatchObject({ recordingId, alreadyRunning: true, operationContext: "the second" });
    expect(await runOf(recordingId)).toMatchObject({ recordingId, serverCallId: body.serverCallId });
  });

  it("makes each recording known: to the list, to the sweep, and by the GUIDs within its id", async () => {
    const { body } = await start({ serverCallId: callIdOf("known") });
    const recordingId = String(body.recordingId);
    expect(await app.store.ledger("open:recording", recordingId)).toHaveLength(1);
    const { ResourceSpecificId } = JSON.parse(Buffer.from(recordingId, "base64url").toString());
    expect(await control(ResourceSpecificId, "stop")).toMatchObject({ status: 200 });
    expect(await runOf(recordingId)).toMatchObject({ stoppedAt: expect.stringMatching("Z$") });
    expect(await app.store.ledger(`call:${callIdOf("known")}`, `recording:${recordingId}`)).toHaveLength(1);
  });
});

describe("the routes of the founding document", () => {
  it("start, tell the state, pause, resume and stop", async () => {
    const conversationId = callIdOf("founding");
    const base = `/api/conversations/${conversationId}`;
    const started = await answerOf(app.call("POST", `${base}/Recordings`, { operationContext: "2021" }));
    expect(started).toEqual({ status: 200, body: { recordingId: expect.any(String) } });
    const one = `${base}/recordings/${started.body.recordingId}`;
    expect(await answerOf(app.get(one))).toEqual({ status: 200, body: { recordingState: "active" } });
    expect(await answerOf(app.call("POST", `${one}/Pause`, { operationContext: "a" }))).toEqual({
      status: 200,
      body: {},
    });
    expect(await answerOf(app.get(one))).toEqual({ status: 200, body: { recordingState: "inactive" } });
    expect(await answerOf(app.call("POST", `${one}/resume`, {}))).toEqual({ status: 200, body: {} });
    const repeated = await answerOf(app.call("POST", `${base}/recordings`, {}));
    expect(repeated).toEqual({ status: 200, body: started.body });
    expect(await answerOf(app.call("DELETE", one, { operationContext: "b" }))).toEqual({ status: 200, body: {} });
    const rows = await app.store.timeline(`recording:${started.body.recordingId}`);
    expect(rows.filter(({ summary }) => String(summary).includes('"operationContext":"b"'))).toHaveLength(1);
  });

  it("know no recording of another conversation, and do nothing to it", async () => {
    const { recordingId } = (await start({ serverCallId: callIdOf("theirs") })).body;
    const other = `/api/conversations/${callIdOf("ours")}/recordings/${recordingId}`;
    for (const [method, path] of [
      ["GET", other],
      ["DELETE", other],
      ["POST", `${other}/pause`],
    ] as const) {
      expect(await answerOf(app.call(method, path))).toMatchObject({
        status: 404,
        body: {
          code: "ACS_EVENTS_UNKNOWN_RECORDING",
          target: "recordingId",
          message: expect.stringContaining("/api/recordings/{recordingId}"),
        },
      });
    }
    expect((await recordingsOf(app).getState(String(recordingId))).recordingState).toBe("active");
  });

  it.each(["aGVs+bG8", "aGVsbG8=", "aGVs%2FbG8"])("refuse the Base64 %s, and say what Base64Url is", async (id) => {
    for (const [method, path] of [
      ["POST", "recordings"],
      ["GET", "recordings/r"],
      ["DELETE", "recordings/r"],
      ["POST", "recordings/r/pause"],
    ] as const) {
      expect(await answerOf(app.call(method, `/api/conversations/${id}/${path}`, undefined))).toMatchObject({
        status: 400,
        body: {
          code: "ACS_EVENTS_NOT_A_SERVER_CALL_ID",
          target: "conversationId",
          message: expect.stringContaining("Base64Url"),
        },
      });
    }
  });
});

it("is called back a day later too, when ACS is asked anew who signs for it", async () => {
  await app.moveClock(25 * 3_600_000);
  const { body } = await start({ serverCallId: callIdOf("tomorrow") });
  await app.idle();
  const rows = await app.store.timeline(`recording:${body.recordingId}`);
  expect(rows.filter(({ type }) => type === "RecordingStateChanged")).toHaveLength(1);
});
