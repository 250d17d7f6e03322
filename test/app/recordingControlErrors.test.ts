// Every refusal of recording control says what to do, and nothing is started or lost by it.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf, callIdOf, recordingsOf } from "../support/callRecording.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const start = (body: unknown) => answerOf(app.call("POST", "/api/recordings", body));
const control = (recordingId: string, operation: string, body?: unknown) =>
  answerOf(app.call("POST", `/api/recordings/${encodeURIComponent(recordingId)}/${operation}`, body));
const claims = async () => (await app.store.ledger()).filter(({ partitionKey }) => partitionKey.startsWith("running:"));

describe("a start is refused", () => {
  const serverCallId = callIdOf("refused");

  it.each<[name: string, body: unknown, target: string | undefined, advice: string]>([
    ["without a locator", {}, undefined, "exactly one of"],
    ["with two locators", { serverCallId, roomId: "1" }, undefined, "exactly one of"],
    ["with a misspelt member", { serverCallId, recordingContenType: "audio" }, "recordingContenType", "typo"],
    ["with a misspelt member inside", { serverCallId, externalStorage: { url: "x" } }, "externalStorage", "must have"],
    [
      "with another content type",
      { serverCallId, recordingContentType: "video" },
      "recordingContentType",
      "audioVideo",
    ],
    [
      "with a format that is not recorded",
      { serverCallId, recordingContentType: "audio", recordingFormatType: "mp4" },
      "recordingFormatType",
      "mp3 or wav",
    ],
    [
      "with a SAS",
      {
        serverCallId,
        externalStorage: { recordingDestinationContainerUrl: "https://c.blob.core.windows.net/r?sig=x" },
      },
      "externalStorage.recordingDestinationContainerUrl",
      "without a SAS",
    ],
    [
      "with a password",
      {
        serverCallId,
        externalStorage: { recordingDestinationContainerUrl: "https://:secret@c.blob.core.windows.net/r" },
      },
      "externalStorage.recordingDestinationContainerUrl",
      "https URL",
    ],
    [
      "with a URL as serverCallId",
      { serverCallId: "https://conv.contoso.example/17" },
      "serverCallId",
      "conversationUrl",
    ],
    ["with Base64 as serverCallId", { serverCallId: "aHR0cHM6Ly9+" }, "serverCallId", "Base64Url is wanted"],
    [
      "with a conversation URL that is none",
      { conversationUrl: serverCallId },
      "conversationUrl",
      "getConversationUrl",
    ],
    ["with two lines of context", { serverCallId, operationContext: "a\nb" }, "operationContext", "one line"],
    ["with no JSON", "no JSON", undefined, "not JSON"],
    ["with a list", [], undefined, "object"],
  ])("%s", async (_name, body, target, advice) => {
    const answer = await start(body);
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(advice) } });
    expect(answer.body.target || undefined).toBe(target);
    expect(await claims()).toEqual([]);
  });

  it("by ACS for a callConnectionId as serverCallId, with advice, and the claim is taken back", async () => {
    expect(await start({ serverCallId: "41002b00-55aa-4c3d-9e10-7f6e5d4c3b2a" })).toMatchObject({
      status: 400,
      body: {
        code: "ACS_EVENTS_RECORDING_REFUSED",
        message: expect.stringContaining("looks like a callConnectionId, not a serverCallId"),
        details: [{ status: 400, code: "8501" }],
      },
    });
    expect(await claims()).toEqual([]);
  });

  it.each([
    ["404", 404, "decodes to none"],
    ["401", 500, "ACS_CONNECTION_STRING"],
    ["403", 500, "ACS_CONNECTION_STRING"],
  ] as const)("by ACS with %s: the answer is %d, with advice", async (fault, status, advice) => {
    await app.fault({ kind: "recording", fault });
    const answer = await start({ serverCallId: "call-17" });
    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(advice) } });
    expect(await claims()).toEqual([]);
  });

  it("when a recording runs that was started elsewhere, or by another id of the call", async () => {
    await recordingsOf(app).start({ callLocator: { id: callIdOf("elsewhere"), kind: "serverCallLocator" } });
    expect(await start({ serverCallId: callIdOf("elsewhere") })).toMatchObject({
      status: 409,
      body: { code: "ACS_EVENTS_ALREADY_RECORDING", message: expect.stringContaining("Stop it first") },
    });
    expect(await claims()).toEqual([]);
  });
});

describe("when ACS has trouble", () => {
  it("a start whose answer is lost is the same recording", async () => {
    await app.fault({ kind: "recording", fault: "acceptThenCut" });
    const serverCallId = callIdOf("cut");
    const started = await start({ serverCallId });
    expect(started.status).toBe(201);
    expect((await start({ serverCallId })).body.recordingId).toBe(started.body.recordingId);
  });

  it("a start that failed is asked again as it was, by the next request", async () => {
    await app.fault({ kind: "recording", fault: "503html", times: 3 });
    const roomId = "99100000000000018";
    expect(await start({ roomId, pauseOnStart: true, operationContext: "first" })).toMatchObject({
      status: 500,
      body: { code: "ACS_EVENTS_RECORDING_CONTROL_UNAVAILABLE", message: expect.stringContaining("Try again") },
    });
    const again = await start({ roomId });
    expect(again).toMatchObject({ status: 200, body: { recordingState: "inactive", alreadyRunning: true } });
    const { operations } = (await answerOf(app.get(`/api/recordings/${again.body.recordingId}`))).body;
    expect(operations).toMatchObject([
      { operation: "started", operationContext: "first" },
      { operation: "startedAgain" },
    ]);
  });

  it("the answer comes soon, however long ACS wants to be left alone", async () => {
    const busy = createServer((_, response) => response.writeHead(503, { "retry-after": "3600" }).end());
    await once(busy.listen(0, "127.0.0.1"), "listening");
    const address = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`;
    const waiting = await startApp({
      ACS_SIMULATOR: address,
      ACS_CONNECTION_STRING: `endpoint=${address};accesskey=a2V5`,
    });
    try {
      const signal = AbortSignal.timeout(20_000);
      const answer = await answerOf(waiting.call("POST", "/api/recordings/r/pause", undefined, { signal }));
      expect(answer).toMatchObject({ status: 500, body: { code: "ACS_EVENTS_RECORDING_CONTROL_UNAVAILABLE" } });
    } finally {
      await waiting.close();
      busy.close();
    }
  });

  it("a start is refused, not doubled, while nobody knows whether the one before still runs", async () => {
    const serverCallId = callIdOf("unknown-state");
    const { recordingId } = (await start({ serverCallId })).body;
    await app.fault({ kind: "recording", fault: "500", times: 3 });
    expect((await start({ serverCallId })).status).toBe(500);
    expect((await start({ serverCallId })).body).toMatchObject({ recordingId, alreadyRunning: true });
  });

  it("a recording that is being started when the app dies is found by ACS's callback", async () => {
    const groupCallId = "29228d3e-040e-4656-a70e-890ab4e173aa";
    const calledBack = Promise.withResolvers<void>();
    const log = (line: string) => /^recordingCallback: .*archived/.test(line) && calledBack.resolve();
    const crashing = await startApp({}, { log });
    const runs = async () => (await crashing.store.ledger()).filter(({ rowKey }) => rowKey === "run");
    try {
      await crashing.fault({ kind: "recording", fault: "slow", bytesPerSecond: 1 });
      const lost = crashing.call("POST", "/api/recordings", { groupCallId, operationContext: "lost" });
      const failed = lost.then(
        ({ ok }) => !ok,
        () => true,
      );
      await calledBack.promise;
      crashing.host.kill();
      expect(await failed).toBe(true);
      await crashing.idle();
      const [run, ...more] = await runs();
      expect([run?.stoppedAt, run?.serverCallId, more]).toEqual(["", expect.any(String), []]);
      expect(await answerOf(crashing.call("POST", "/api/recordings", { groupCallId }))).toMatchObject({
        status: 200,
        body: { recordingId: run?.recordingId, alreadyRunning: true },
      });
      expect(await crashing.store.problems()).toEqual([]);
    } finally {
      await crashing.close();
    }
  });

  it("a recording whose start was never answered is found by the next request, after a crash and without callbacks", async () => {
    const crashing = await startApp({ PUBLIC_BASE_URL: "" });
    try {
      const body = { roomId: "99100000000000019", operationContext: "lost" };
      await crashing.fault({ kind: "recording", fault: "acceptThenCut", times: 3 });
      expect((await crashing.call("POST", "/api/recordings", body)).status).toBe(500);
      const crashed = crashing.host.pid();
      crashing.host.kill();
      await expect.poll(() => crashing.host.pid(), { timeout: 20_000 }).not.toBe(crashed);
      const found = await answerOf(crashing.call("POST", "/api/recordings", { ...body, operationContext: "again" }));
      expect(found).toMatchObject({ status: 200, body: { alreadyRunning: true } });
      expect((await crashing.store.ledger()).filter(({ rowKey }) => rowKey === "run")).toMatchObject([
        { recordingId: found.body.recordingId, stoppedAt: "" },
      ]);
    } finally {
      await crashing.close();
    }
  });
});

describe("an operation is refused", () => {
  it.each(["pause", "resume", "stop"])("%s of a recording that ACS does not know", async (operation) => {
    for (const id of ["nobody", "a/b?c#d", "%2e%2e", "!x\\y"]) {
      expect(await control(id, operation)).toMatchObject({
        status: 404,
        body: {
          code: "ACS_EVENTS_RECORDING_REFUSED",
          message: expect.stringContaining("has ended or the recording was stopped"),
        },
      });
    }
  });

  it("by another name, or with another body", async () => {
    expect(await control("r", "restart")).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining("pause") },
    });
    expect(await control("r", "pause", { context: "x" })).toMatchObject({ status: 400, body: { target: "context" } });
  });

  it("a stop whose answer is lost: the recording is stopped all the same", async () => {
    const serverCallId = callIdOf("lost-stop");
    const { recordingId } = (await start({ serverCallId })).body;
    await app.fault({ kind: "recording", fault: "acceptThenCut" });
    expect((await control(String(recordingId), "stop")).status).toBe(404);
    expect(await app.store.ledger(`recording:${recordingId}`, "run")).toMatchObject([
      { stoppedAt: expect.stringMatching("Z$") },
    ]);
    expect((await start({ serverCallId })).status).toBe(201);
  });
});
