// AUTO_RECORD starts the recording of a call as it begins: once in the life of the call, and only of the calls it names.
import { QueueClient } from "@azure/storage-queue";
import { afterAll, describe, expect, it } from "vitest";
import { cloudEvent, eventGridEvent } from "../fixtures/eventFixtures.ts";
import { answerOf, callIdOf } from "../support/callRecording.ts";
import { type App, startApp } from "../support/startApp.ts";

const noGroup = { id: "00000000-0000-0000-0000-000000000000" };
const group = { id: "29228d3e-040e-4656-a70e-890ab4e173e5" };
const room = { id: "99100000000000017" };

const callStarted = (name: string, data: object = {}, minutesAgo = 0, id = name) =>
  eventGridEvent(
    "CallStarted",
    { serverCallId: callIdOf(name), ...data },
    { id, eventTime: new Date(Date.now() - minutesAgo * 60_000).toISOString() },
  );
const legEvent = (name: string, callState: string) =>
  eventGridEvent(
    "CallLegStateChanged",
    { ConversationId: callIdOf(name), CallLegId: "leg-1", CallState: callState },
    { id: `${name}-${callState}`, eventTime: new Date().toISOString() },
  );

/** A job that fails is tried again after 120 ms. */
const delayScale = 0.002;

/** One app for all tests with the same settings: each looks at calls of its own. */
const apps = new Map<string, Promise<App>>();
afterAll(async () => {
  for (const app of apps.values()) await (await app).close();
});

async function withApp(settings: Record<string, string>, work: (app: App) => Promise<void>): Promise<void> {
  const key = JSON.stringify(settings);
  const app = apps.get(key) ?? startApp(settings, { delayScale });
  apps.set(key, app);
  await work(await app);
}

/** The calls, of these, in which a recording was started. */
async function recorded(app: App, names: string[]): Promise<string[]> {
  const rows = await app.store.ledger();
  return names.filter((name) => rows.some((row) => row.rowKey === "run" && row.serverCallId === callIdOf(name)));
}

const autoRow = async (app: App, name: string) => (await app.store.ledger(`autoRecord:${callIdOf(name)}`))[0];

describe("AUTO_RECORD", () => {
  const calls = ["plain", "no-group", "group", "room", "leg"];
  it.each([
    ["off", []],
    ["all", calls],
    ["group", ["group"]],
    ["room", ["room"]],
  ])("%s", async (AUTO_RECORD, expected) => {
    await withApp({ AUTO_RECORD }, async (app) => {
      await app.publish([
        callStarted("plain"),
        callStarted("no-group", { group: noGroup }),
        callStarted("group", { group }),
        callStarted("room", { room }),
        legEvent("leg", "Establishing"),
        legEvent("leg", "Established"),
      ]);
      expect(await recorded(app, calls)).toEqual(expected);
      expect(await app.store.problems()).toEqual([]);
    });
  });

  it("records a call once, however often its start is told, and not again after a stop", async () => {
    await withApp({ AUTO_RECORD: "all" }, async (app) => {
      await app.publish([
        callStarted("once"),
        callStarted("once"),
        callStarted("once", {}, 0, "other"),
        legEvent("once", "Established"),
      ]);
      const row = await autoRow(app, "once");
      expect(row).toMatchObject({ state: "started", recordingId: expect.any(String) });
      const timeline = await app.store.timeline(`recording:${row?.recordingId}`);
      const [started, ...more] = timeline.filter(({ type }) => type === "RecordingControl.started");
      expect([JSON.parse(String(started?.summary)), more]).toEqual([{ operationContext: "auto-record" }, []]);
      expect((await app.call("POST", `/api/recordings/${row?.recordingId}/stop`)).status).toBe(200);
      await app.publish([callStarted("once"), callStarted("once", {}, 0, "yet another")]);
      const runs = (await app.store.ledger()).filter(({ rowKey }) => rowKey === "run");
      expect(runs.filter(({ serverCallId }) => serverCallId === callIdOf("once"))).toHaveLength(1);
    });
  });

  it("records a call once that its events give several serverCallIds, at once and one after the other", async () => {
    await withApp({ AUTO_RECORD: "all" }, async (app) => {
      const call = (correlationId: string) => ({ correlationId });
      const [id, other] = ["7c000000-0000-4000-8000-00000000000a", "7c000000-0000-4000-8000-00000000000b"];
      const names = ["two-a", "two-b", "two-c"];
      await app.publish(names.slice(0, 2).map((name) => callStarted(name, call(id))));
      const connected = { callConnectionId: "two", serverCallId: callIdOf("two-c"), ...call(id.toUpperCase()) };
      await app.publish([cloudEvent("CallConnected", connected, { id: "two-c", time: new Date().toISOString() })]);
      expect(await recorded(app, names)).toHaveLength(1);
      await app.publish([callStarted("two-other", call(other))]);
      expect(await recorded(app, ["two-other"])).toHaveLength(1);
      const rows = await Promise.all([...names, "two-other"].map((name) => autoRow(app, name)));
      expect(rows.map((row) => row?.state)).toEqual(Array(4).fill("started"));
      expect(await app.store.problems()).toEqual([]);
    });
  });

  it("records a call once when the app dies as ACS answers", async () => {
    const calledBack = Promise.withResolvers<void>();
    const log = (line: string) => /^recordingCallback: .*archived/.test(line) && calledBack.resolve();
    const app = await startApp({ AUTO_RECORD: "all" }, { delayScale, log });
    try {
      await app.fault({ kind: "recording", fault: "slow", bytesPerSecond: 1 });
      const published = app.publish([callStarted("crash")]);
      await calledBack.promise;
      app.host.kill();
      await published;
      const runs = (await app.store.ledger()).filter(({ rowKey }) => rowKey === "run");
      expect(await autoRow(app, "crash")).toMatchObject({ state: "started", recordingId: runs[0]?.recordingId });
      expect([runs.length, await app.store.problems()]).toEqual([1, []]);
    } finally {
      await app.close();
    }
  });

  it("tries again while ACS has trouble, and leaves a call alone that is recorded already", async () => {
    await withApp({ AUTO_RECORD: "all" }, async (app) => {
      await app.fault({ kind: "recording", fault: "503", times: 4 });
      await app.publish([callStarted("trouble")]);
      expect(await autoRow(app, "trouble")).toMatchObject({ state: "started" });

      const { recordingId } = (
        await answerOf(app.call("POST", "/api/recordings", { serverCallId: callIdOf("by-hand") }))
      ).body;
      await app.publish([callStarted("by-hand")]);
      expect(await autoRow(app, "by-hand")).toMatchObject({ state: "started", recordingId });
      expect(await app.store.problems()).toEqual([]);
    });
  });

  it("ends as a problem while ACS is down for good, and the job can be put back", async () => {
    await withApp({ AUTO_RECORD: "all" }, async (app) => {
      await app.fault({ kind: "recording", fault: "401", times: 5 });
      await app.publish([callStarted("down")]);
      const [problem] = await app.store.problems();
      expect(problem?.partitionKey).toBe("poisonedJob");
      const queue = new QueueClient(app.addresses.storageConnectionString, "recording-starts");
      await queue.sendMessage(Buffer.from(String(problem?.raw)).toString("base64"));
      await app.idle();
      expect(await autoRow(app, "down")).toMatchObject({ state: "started" });
    });
  });

  it("raises a problem when a call that has just begun is not recorded, and none for one that is long over", async () => {
    await withApp({ AUTO_RECORD: "all" }, async (app) => {
      await app.fault({ kind: "recording", fault: "404", times: 2 });
      const failed = async () =>
        (await app.store.problems()).filter(({ partitionKey }) => partitionKey === "autoRecordFailed");
      await app.publish([callStarted("over", {}, 11)]);
      expect(await failed()).toEqual([]);
      await app.publish([callStarted("young", {}, 1)]);
      expect(await failed()).toMatchObject([{ raw: expect.stringContaining("CallStarted/") }]);
      await app.publish([callStarted("young", {}, 1, "again")]);
      expect(await recorded(app, ["over", "young"])).toEqual([]);
    });
  });

  it("keeps the event when the setting is wrong, and its job becomes a problem", async () => {
    await withApp({ AUTO_RECORD: "sometimes" }, async (app) => {
      await app.publish([callStarted("wrong")]);
      expect(await app.store.archived("wrong")).toHaveLength(1);
      expect((await app.store.problems()).map(({ partitionKey }) => partitionKey)).toEqual(["poisonedJob"]);
    });
  });
});

describe("AUTO_RECORD with RECORDING_REQUIRE_CONSENT", () => {
  const settings = { AUTO_RECORD: "all", RECORDING_REQUIRE_CONSENT: "true" };

  it("records nothing and raises one problem, however many calls", async () => {
    await withApp(settings, async (app) => {
      await app.publish(["a", "b", "c"].map((name) => callStarted(name)));
      expect(await recorded(app, ["a", "b", "c"])).toEqual([]);
      expect((await app.store.problems()).map(({ partitionKey }) => partitionKey)).toEqual(["autoRecordConsent"]);
    });
  });

  it("records in the name of AUTO_RECORD_CONSENT", async () => {
    await withApp({ ...settings, AUTO_RECORD_CONSENT: "Contoso, by its welcome message" }, async (app) => {
      await app.publish([callStarted("a")]);
      const [run] = (await app.store.ledger()).filter(({ rowKey }) => rowKey === "run");
      expect(run).toMatchObject({ consent: "Contoso, by its welcome message" });
      expect(await app.store.problems()).toEqual([]);
    });
  });
});
