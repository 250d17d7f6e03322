// The state of a recording is relayed to the one who asked for it: once, and to allowed hosts only.
import { TableClient } from "@azure/data-tables";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { tableKey } from "../../src/storage/keys.ts";
import { answerOf, callIdOf } from "../support/callRecording.ts";
import { type App, startApp } from "../support/startApp.ts";
import { type HttpsSink, startHttpsSink } from "../support/startHttpsSink.ts";

let app: App;
let sink: HttpsSink;

beforeAll(async () => {
  sink = await startHttpsSink();
  const settings = { CALLBACK_HOSTS: "localhost, hooks.contoso.example", NODE_EXTRA_CA_CERTS: sink.certificate };
  // A relay that fails is tried again after 120 ms.
  app = await startApp(settings, { delayScale: 0.002 });
});
afterEach(() => {
  sink.posts.length = 0;
  sink.answers.length = 0;
});
afterAll(async () => {
  await app?.close();
  await sink?.close();
});

const start = (name: string, recordingStateCallbackUri: string, other: object = {}) =>
  answerOf(
    app.call("POST", `/api/conversations/${callIdOf(name)}/recordings`, { recordingStateCallbackUri, ...other }),
  );
const stop = (name: string, recordingId: unknown) =>
  app.call("DELETE", `/api/conversations/${callIdOf(name)}/recordings/${recordingId}`);
const states = () =>
  sink.posts.flatMap(({ body }) => (body as { data: { state: string } }[]).map(({ data }) => data.state));
const problems = async () => (await app.store.problems()).map(({ partitionKey }) => partitionKey);

describe("a recording's state", () => {
  it("is relayed as ACS told it, each once, also when ACS tells it again", async () => {
    const { recordingId } = (await start("relayed", `${sink.url}/hook?call=17`)).body;
    await stop("relayed", recordingId);
    await app.idle();
    expect(states().sort()).toEqual(["active", "inactive"]);
    const [post] = sink.posts;
    expect(post).toMatchObject({ path: "/hook?call=17", headers: { "content-type": /cloudevents\+json/ } });
    const events = await app.store.names("events", "recording/RecordingStateChanged/");
    const kept = await Promise.all(events.map((name) => app.store.read<{ id: string }>("events", name)));
    expect(kept).toContainEqual(Array.isArray(post?.body) ? post.body[0] : undefined);
    // By another door, as a replay does it.
    expect(await app.post("recording", kept)).toBe(202);
    await app.idle();
    expect(sink.posts).toHaveLength(2);
    const rows = (await app.store.ledger(`relay:${recordingId}`)).map(({ state }) => state);
    expect(rows).toEqual(["relayed", "relayed"]);
  });

  it("is relayed again while the receiver has trouble", async () => {
    sink.answers.push({ status: 503 }, { status: 429 }, { status: 408 });
    await start("trouble", `${sink.url}/hook`);
    await app.idle();
    expect(states()).toEqual(["active", "active", "active", "active"]);
    expect(await problems()).toEqual([]);
  });

  it("is not sent where a redirect leads, nor again after a refusal; both are problems", async () => {
    sink.answers.push({ status: 307, headers: { location: `${sink.url}/elsewhere` } }, { status: 404 });
    const { recordingId } = (await start("refusing", `${sink.url}/hook`)).body;
    await app.idle();
    await stop("refusing", recordingId);
    await app.idle();
    expect(sink.posts.map(({ path }) => path)).toEqual(["/hook", "/hook"]);
    expect(await problems()).toEqual(["relayRefused", "relayRefused"]);
    const rows = (await app.store.ledger(`relay:${recordingId}`)).map(({ state }) => state);
    expect(rows).toEqual(["refused", "refused"]);
  });

  it("is not sent to a host that is not allowed any more", async () => {
    const { recordingId } = (await start("withdrawn", `${sink.url}/hook`)).body;
    await app.idle();
    const ledger = TableClient.fromConnectionString(app.addresses.storageConnectionString, "ledger", {
      allowInsecureConnection: true,
    });
    const relayTo = sink.url.replace("localhost", "127.0.0.1");
    await ledger.updateEntity({ partitionKey: tableKey(`recording:${recordingId}`), rowKey: "run", relayTo }, "Merge");
    await stop("withdrawn", recordingId);
    await app.idle();
    expect(states()).toEqual(["active"]);
    const rows = await app.store.ledger(`relay:${recordingId}`);
    expect(rows.map(({ state, status }) => [state, status])).toEqual([
      ["relayed", 204],
      ["refused", 0],
    ]);
  });

  it("is relayed by another message once the one that claimed it is dead", async () => {
    const { recordingId } = (await start("died", `${sink.url}/hook`)).body;
    await app.idle();
    const names = await app.store.names("events", "recording/RecordingStateChanged/");
    const events = await Promise.all(names.map((name) => app.store.read<{ id: string }>("events", name)));
    const again = events.filter((event) => JSON.stringify(event).includes(String(recordingId)));
    const [row] = await app.store.ledger(`relay:${recordingId}`);
    const ledger = TableClient.fromConnectionString(app.addresses.storageConnectionString, "ledger", {
      allowInsecureConnection: true,
    });
    const claimedBefore = async (minutes: number) => {
      const { partitionKey = "", rowKey = "" } = row ?? {};
      const claimedAt = new Date(Date.now() - minutes * 60_000);
      await ledger.updateEntity({ partitionKey, rowKey, state: "claimed", owner: "another", claimedAt }, "Merge");
      await app.post("recording", again);
      await app.idle();
      return sink.posts.length;
    };
    expect([await claimedBefore(9), await claimedBefore(11)]).toEqual([1, 2]);
    expect((await app.store.ledger(`relay:${recordingId}`)).map(({ state }) => state)).toEqual(["relayed"]);
  });

  it("is a problem when the receiver has trouble for good", async () => {
    sink.answers.push(...Array.from({ length: 5 }, () => ({ status: 500 })));
    await start("hopeless", `${sink.url}/hook`);
    await app.idle();
    expect(sink.posts).toHaveLength(5);
    expect(await problems()).toContain("poisonedJob");
  });
});

describe("recordingStateCallbackUri is refused", () => {
  it.each([
    ["http://localhost/hook", "https URL"],
    ["https://user:password@localhost/hook", "without user name"],
    ["https://evil.example/hook", "CALLBACK_HOSTS"],
    ["https://localhost.evil.example/hook", "CALLBACK_HOSTS"],
    ["not a URL", "https URL"],
  ])("%s", async (uri, advice) => {
    expect(await start("refused", uri)).toMatchObject({
      status: 400,
      body: {
        code: "ACS_EVENTS_CALLBACK_NOT_ALLOWED",
        target: "recordingStateCallbackUri",
        message: expect.stringContaining(advice),
      },
    });
    expect(await app.store.ledger(`running:serverCallId:${callIdOf("refused")}`)).toEqual([]);
  });

  it("while ACS cannot call back, and a recording without it starts all the same", async () => {
    const alone = await startApp({ PUBLIC_BASE_URL: "", CALLBACK_HOSTS: "localhost" });
    try {
      const body = { roomId: "1", recordingStateCallbackUri: "https://localhost/hook" };
      expect(await answerOf(alone.call("POST", "/api/recordings", body))).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining("PUBLIC_BASE_URL") },
      });
      expect((await alone.call("POST", "/api/recordings", { roomId: "1" })).status).toBe(201);
      await alone.idle();
      expect(await alone.store.names("events", "recording/RecordingStateChanged/")).toEqual([]);
    } finally {
      await alone.close();
    }
  });
});
