// Call Automation tells the app of calls; only ACS can, and each event is kept once.
import { CallAutomationClient } from "@azure/communication-call-automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callAutomationEvents, previewCallbacks } from "../../src/events/call/callAutomation.ts";
import { startSink } from "../acsSimulator/startSink.ts";
import { cloudEvent, eventGridEvent } from "../fixtures/eventFixtures.ts";
import { answerOf, callIdOf } from "../support/callRecording.ts";
import { showCall } from "../support/calls.ts";
import { contextOf } from "../support/incomingCall.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
/** Of a callback that ACS made for an address other than the app's: a real token, to be used here. */
let authorization = "";

beforeAll(async () => {
  app = await startApp({ AUTO_RECORD: "all" });
  const sink = await startSink();
  const options = { allowInsecureConnection: true };
  await new CallAutomationClient(app.addresses.acsConnectionString, options).answerCall(contextOf("token"), sink.url);
  await app.acs.idle();
  await sink.close();
  authorization = sink.posts[0]?.headers.authorization ?? "";
});
afterAll(() => app?.close());

const callBack = (events: unknown, token = authorization) =>
  answerOf(app.call("POST", "/api/callbacks/calls", events, { headers: token ? { authorization: token } : {} }));
const source = "calling/callConnections/1";

describe("a callback with a token of ACS", () => {
  const names = [...callAutomationEvents.map(({ name }) => name), "RecordingStateChanged"];

  it("is archived and indexed, each of the 38 types", async () => {
    expect(names).toHaveLength(38);
    const events = names.map((name) => cloudEvent(name, undefined, { id: `type-${name}`, source }));
    expect(await callBack(events)).toMatchObject({ status: 200 });
    await app.idle();
    for (const [index, name] of names.entries()) {
      expect(await app.store.archived(`type-${name}`), name).toEqual([events[index]]);
    }
    const rows = await app.store.timeline("call:aHR0cHM6Ly9jb250b3NvLmV4YW1wbGUvY2FsbC8xOQ");
    // AUTO_RECORD records the call, and is told of it.
    const ofCall = rows.map(({ type }) => type).filter((type) => type !== "RecordingStateChanged");
    expect(ofCall.sort()).toEqual(names.filter((name) => name !== "RecordingStateChanged").sort());
    expect(rows.flatMap(({ warnings }) => warnings ?? [])).toEqual([]);
  });

  it("is kept once, however often it comes, alone or in a list", async () => {
    const event = cloudEvent("PlayCompleted", undefined, { id: "once", source });
    const answers = await Promise.all([callBack(event), callBack([event, event]), callBack(event)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await app.store.archived("once")).toEqual([event]);
  });

  it("of an unknown member and of a large body is kept whole", async () => {
    const data = { serverCallId: "large", transcriptionUpdate: { text: "a".repeat(900_000) } };
    expect(await callBack(cloudEvent("TranscriptionUpdated", data, { id: "large", source }))).toMatchObject({
      status: 200,
    });
    expect(await app.store.archived("large")).toMatchObject([{ data }]);
    const tooLong = await callBack(cloudEvent("PlayFailed", { text: "a".repeat(1024 * 1024) }, { id: "long" }));
    expect(tooLong).toMatchObject({ status: 413 });
  });

  it.each<[string, unknown]>([
    ["an event of Event Grid", cloudEvent("CallStarted", undefined, { id: "not-a-callback" })],
    ["an unknown type", cloudEvent("ExperimentalEvent", {}, { id: "not-a-callback" })],
    ["a leg of 2021", cloudEvent("CallLegStateChanged", undefined, { id: "not-a-callback" })],
    ["a recording of 2021", cloudEvent("CallRecordingStateChanged", {}, { id: "not-a-callback" })],
    ["the other envelope", eventGridEvent("CallConnected", undefined, { id: "not-a-callback" })],
    ["a wrong shape", cloudEvent("CallConnected", { serverCallId: 17 }, { id: "not-a-callback" })],
    ...previewCallbacks.map(({ name }): [string, unknown] => [
      name,
      cloudEvent(name, undefined, { id: "not-a-callback" }),
    ]),
  ])("ends in quarantine, acknowledged, with %s", async (_what, event) => {
    const before = (await app.store.quarantined("not-a-callback")).length;
    expect(await callBack([event])).toMatchObject({ status: 200 });
    expect(await app.store.quarantined("not-a-callback")).toHaveLength(before + 1);
    expect(await app.store.archived("not-a-callback")).toEqual([]);
  });

  it("is refused as a whole when it has more events than any of ACS, and taken in when it is cut up", async () => {
    const events = Array.from({ length: 501 }, (_, n) => ({ id: `many-${n}` }));
    expect(await callBack(events)).toMatchObject({
      status: 413,
      body: { code: "ACS_EVENTS_BAD_REQUEST", message: expect.stringContaining("500 events") },
    });
    expect(await app.store.quarantined("many-500")).toEqual([]);
    for (const some of [events.slice(0, 500), events.slice(500)])
      expect(await callBack(some)).toMatchObject({ status: 200 });
    for (const n of [0, 499, 500]) expect(await app.store.quarantined(`many-${n}`)).toHaveLength(1);
  });

  it("is refused when it is no JSON", async () => {
    expect(await callBack("{")).toMatchObject({ status: 400, body: { code: "ACS_EVENTS_BAD_REQUEST" } });
  });
});

it.each([
  ["without a token", ""],
  ["with another scheme", "Basic dXNlcjpwYXNzd29yZA=="],
  ["with something else", "Bearer not.a.token"],
])("a callback %s is refused, and nothing is written", async (_name, token) => {
  const event = cloudEvent("CallConnected", undefined, { id: "refused", source });
  expect(await callBack(event, token)).toMatchObject({ status: 401, body: { code: "ACS_EVENTS_BAD_TOKEN" } });
  const forged = `${authorization.slice(0, -8)}AAAAAAAA`;
  expect(await callBack(event, forged)).toMatchObject({ status: 401 });
  expect([await app.store.archived("refused"), await app.store.quarantined("refused")]).toEqual([[], []]);
});

it.each(["calls", "recording"])("a recording's state notes its call at the callback for %s", async (door) => {
  const groupCallId = `2e11b1cc-0000-4000-8000-00000000000${door.length}`;
  const { body } = await answerOf(app.call("POST", "/api/recordings", { groupCallId }));
  await app.idle();
  const [recordingId, serverCallId] = [String(body.recordingId), callIdOf(`noted-${door}`)];
  const data = { recordingId, state: "active", serverCallId };
  const event = cloudEvent("RecordingStateChanged", data, { id: `noted-${door}`, source });
  const headers = { authorization };
  expect((await app.call("POST", `/api/callbacks/${door}`, event, { headers })).status).toBe(200);
  expect(await app.store.ledger(`call:${serverCallId}`)).toMatchObject([{ recordingId }]);
  expect(await showCall(app, serverCallId)).toMatchObject({ recordings: [{ recordingId, state: "recording" }] });
});

it("previews of 2021 are accepted by replay", async () => {
  const events = previewCallbacks.map(({ name }) => eventGridEvent(name, undefined, { id: `replay-${name}` }));
  expect(await app.post("call", events)).toBe(202);
  for (const { name } of previewCallbacks) expect(await app.store.archived(`replay-${name}`), name).toHaveLength(1);
});

it("a connected call is recorded by AUTO_RECORD, once, whether CallStarted or CallConnected comes first", async () => {
  for (const order of ["started", "connected"]) {
    const serverCallId = callIdOf(`auto-${order}`);
    const connected = cloudEvent("CallConnected", { serverCallId }, { id: `auto-${order}`, source });
    const started = eventGridEvent("CallStarted", { serverCallId }, { id: `auto-${order}` });
    const deliver = [() => app.publish([started]), () => callBack(connected)];
    for (const one of order === "started" ? deliver : deliver.reverse()) {
      await one();
      await app.idle();
    }
    expect(await app.store.ledger(`autoRecord:${serverCallId}`)).toMatchObject([{ state: "started" }]);
    const runs = (await app.store.ledger()).filter((row) => row.rowKey === "run" && row.serverCallId === serverCallId);
    expect(runs).toHaveLength(1);
  }
});
