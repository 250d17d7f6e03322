// ACS tells the app of a recording's state; only ACS can, and each state is kept once.
import { generateKeyPairSync } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SinkPost, startSink } from "../acsSimulator/startSink.ts";
import { cloudEvent, eventGridEvent } from "../fixtures/eventFixtures.ts";
import { answerOf, callIdOf, recordingsOf } from "../support/callRecording.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
/** A callback that ACS made for an address other than the app's: a real token, to be used here. */
let genuine: SinkPost;

beforeAll(async () => {
  app = await startApp({ ALLOWED_TOPICS: "/subscriptions/some/other" });
  genuine = await aCallback(app);
});
afterAll(() => app?.close());

async function aCallback(of: App): Promise<SinkPost> {
  const sink = await startSink();
  await recordingsOf(of).start({
    callLocator: { id: callIdOf("genuine"), kind: "serverCallLocator" },
    recordingStateCallbackEndpointUrl: sink.url,
  });
  await of.acs.idle();
  await sink.close();
  const [post] = sink.posts;
  if (!post) throw new Error("ACS called nobody back.");
  return post;
}

const callBack = (events: unknown, authorization = genuine.headers.authorization) =>
  answerOf(app.call("POST", "/api/callbacks/recording", events, { headers: authorization ? { authorization } : {} }));
/** An event of a state long ago, so that nobody waits for its start. */
const stateEvent = (id: string, overrides: Record<string, unknown> = {}) =>
  cloudEvent("RecordingStateChanged", undefined, { id, source: "calling/recordings/1", ...overrides });

describe("a callback with a token of ACS", () => {
  it("is archived and indexed once, however often it comes, alone or in a list", async () => {
    const event = stateEvent("once");
    expect(await callBack(event)).toMatchObject({ status: 200 });
    expect(await callBack([event, event, stateEvent("another")])).toMatchObject({ status: 200 });
    await app.idle();
    expect(await app.store.archived("once")).toEqual([event]);
    expect(await app.store.archived("another")).toHaveLength(1);
    const rows = await app.store.timeline("recording:cmVjb3JkaW5nLTE3");
    expect(rows.filter(({ blob }) => String(blob).includes("/once."))).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ["an event of Event Grid", cloudEvent("CallStarted", undefined, { id: "not-a-callback" })],
    ["the name of 2021", cloudEvent("CallRecordingStateChanged", {}, { id: "not-a-callback" })],
    ["the other envelope", eventGridEvent("RecordingStateChanged", undefined, { id: "not-a-callback" })],
    ["a wrong shape", stateEvent("not-a-callback", { data: { state: "active" } })],
  ])("ends in quarantine, acknowledged, with %s", async (_what, event) => {
    expect(await callBack([event])).toMatchObject({ status: 200 });
    const [kept] = await app.store.quarantined("not-a-callback");
    expect(kept?.reasons.length).toBeGreaterThan(0);
    expect(await app.store.archived("not-a-callback")).toEqual([]);
  });

  it("that is no JSON is refused", async () => {
    expect(await callBack("{")).toMatchObject({ status: 400, body: { code: "ACS_EVENTS_BAD_REQUEST" } });
  });
});

describe("a callback is refused, and nothing is written,", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const claims = (audience = app.acs.audience) =>
    new SignJWT()
      .setIssuer("https://acscallautomation.communication.azure.com")
      .setAudience(audience)
      .setExpirationTime("5m");

  it.each<[name: string, token: () => string | Promise<string>]>([
    ["without a token", () => ""],
    ["with another scheme", () => "Basic dXNlcjpwYXNzd29yZA=="],
    ["with something else", () => "Bearer not.a.token"],
    ["with a forged signature", () => `${genuine.headers.authorization?.slice(0, -8)}AAAAAAAA`],
    [
      "with a token of a forged key",
      async () =>
        `Bearer ${await claims().setProtectedHeader({ alg: "RS256", kid: "acs-simulator" }).sign(privateKey)}`,
    ],
    [
      "with a token of an unknown key",
      async () => `Bearer ${await claims().setProtectedHeader({ alg: "RS256", kid: "mine" }).sign(privateKey)}`,
    ],
    [
      "with a token that is signed with the public key as a secret",
      async () => {
        const secret = Buffer.from(publicKey.export({ type: "spki", format: "pem" }));
        return `Bearer ${await claims().setProtectedHeader({ alg: "HS256", kid: "acs-simulator" }).sign(secret)}`;
      },
    ],
    [
      "with an unsigned token",
      () => {
        const [, payload] = (genuine.headers.authorization ?? "").slice(7).split(".");
        return `Bearer ${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
      },
    ],
  ])("%s", async (_name, token) => {
    const answer = await callBack(stateEvent("refused"), (await token()) || "");
    expect(answer).toMatchObject({ status: 401, body: { code: "ACS_EVENTS_BAD_TOKEN" } });
    expect(await app.store.archived("refused")).toEqual([]);
    expect(await app.store.quarantined("refused")).toEqual([]);
  });

  it("once the token's time is over, and a minute for clocks that differ", async () => {
    await app.host.moveClock(5.5 * 60_000);
    expect((await callBack(stateEvent("early"))).status).toBe(200);
    await app.host.moveClock(6.5 * 60_000);
    expect((await callBack(stateEvent("late"))).status).toBe(401);
    await app.host.moveClock(0);
    expect(await app.store.archived("late")).toEqual([]);
  });

  it.each([
    ["for another resource", "5d0c3f5e-0000-4000-8000-00000000beef"],
    ["while ACS_RESOURCE_ID is not set", ""],
  ])("%s", async (_name, ACS_RESOURCE_ID) => {
    const lines: string[] = [];
    const other = await startApp({ ACS_RESOURCE_ID }, { log: (line) => lines.push(line) });
    try {
      const { headers, events } = await aCallback(other);
      const { authorization = "" } = headers;
      const answering = other.call("POST", "/api/callbacks/recording", events, { headers: { authorization } });
      expect(await answerOf(answering)).toMatchObject({ status: 401 });
      expect(await other.store.names("events")).toEqual([]);
      const advice = lines.filter((line) => line.includes("ACS_RESOURCE_ID is not set"));
      expect(advice).toHaveLength(ACS_RESOURCE_ID ? 0 : 1);
    } finally {
      await other.close();
    }
  });
});

describe("with keys, ", () => {
  it("a callback needs none, and the routes of control do", async () => {
    const locked = await startApp({}, { auth: "master-key" });
    try {
      const { headers, events } = await aCallback(locked);
      const { authorization = "" } = headers;
      const post = locked.call("POST", "/api/callbacks/recording", events, { headers: { authorization } });
      expect((await post).status).toBe(200);
      for (const [method, path] of [
        ["POST", "recordings"],
        ["POST", "recordings/r/stop"],
        ["POST", "conversations/c/recordings"],
        ["GET", "conversations/c/recordings/r"],
        ["DELETE", "conversations/c/recordings/r"],
        ["POST", "conversations/c/recordings/r/pause"],
      ] as const) {
        expect([path, (await locked.call(method, `/api/${path}`)).status]).toEqual([path, 401]);
      }
    } finally {
      await locked.close();
    }
  });
});
