import { HttpRequest } from "@azure/functions";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { eventOf } from "../../bench/fillArchive.ts";
import { announce } from "../../src/announce.ts";
import { firstSeen } from "../../src/calls/record/firstSeen.ts";
import { listOf } from "../../src/calls/record/rows.ts";
import { accept } from "../../src/events/accept.ts";
import type { AcsEvent } from "../../src/events/acsEvent.ts";
import { askErasure } from "../../src/people/erasure/askErasure.ts";
import { runErasure } from "../../src/people/erasure/runErasure.ts";
import { endAll } from "../../src/retention/endAll.ts";
import { enforceRetention } from "../../src/retention/enforceRetention.ts";
import { beginWork } from "../../src/retention/work.ts";
import { place } from "../../src/sms/outbox/place.ts";
import { outboxKey, replyId } from "../../src/sms/outbox/rows.ts";
import { archive } from "../../src/storage/archive.ts";
import { endHold, putHold } from "../../src/storage/holds.ts";
import { put } from "../../src/storage/ledger.ts";
import { newestFirst } from "../../src/storage/newestFirst.ts";
import { raiseProblem } from "../../src/storage/problems.ts";
import { quarantine } from "../../src/storage/quarantine.ts";
import { quarantineProblem } from "../../src/storage/quarantineProblem.ts";
import { index } from "../../src/storage/timeline.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { walkArrived } from "../../src/storage/walkArrived.ts";
import { type ArchiveUnderTest, archiveUnderTest } from "../proof/archiveUnderTest.ts";

const [hour, day] = [3_600_000, 86_400_000];
const now = Date.UTC(2026, 10, 21, 12, 30);
/** Noon of a day so many days ago. */
const daysAgo = (days: number) => new Date(now - days * day - hour / 2);

const retentions = ["EVENTS", "QUARANTINE", "TIMELINE"].map((kind) => `RETENTION_${kind}_DAYS`);

let app: ArchiveUnderTest;
beforeAll(async () => {
  app = await archiveUnderTest();
});
afterAll(() => app?.close());
beforeEach(() => {
  vi.setSystemTime(now);
  return async () => {
    for (const name of retentions) vi.stubEnv(name, "");
    await app.clear();
  };
});

/** Archives event by number (of three, a text, a report and a chat message) as if it had come then; gives its blob. */
async function arrive(number: number, at: Date): Promise<string> {
  return take(accept(eventOf(number, at)), at);
}

/** Archives an event as if it had come then; gives its blob. */
async function take(event: AcsEvent, at: Date): Promise<string> {
  const written = { ...(await archive(event)), storedAt: at, at };
  await index(event, written);
  await announce(event, written.blob, at);
  return written.blob;
}

/** Runs a pass, as the timer does a day after the last. */
async function pass(): Promise<{ ended: number; held: number; unsettled: number; failed: number; done: boolean }> {
  vi.setSystemTime(Date.now() + day);
  await enforceRetention({}, app.context);
  return JSON.parse(app.logged.at(-1) ?? "{}");
}

/** Where the account speaks of an event: its blob, and its rows. */
async function traces(number: number): Promise<string[]> {
  const id = `fill-${String(number).padStart(8, "0")}`;
  const blobs = (await app.store.names("events")).filter((name) => name.includes(id));
  const rows = (await app.store.rows("timeline")).filter((row) => JSON.stringify(row).includes(id));
  return [...blobs, ...rows.map(({ partitionKey, rowKey }) => `${partitionKey} ${rowKey}`)];
}

const openProblems = async () => (await app.store.problems()).filter(({ state }) => state === "open");

const partitions = async () => (await app.store.rows("timeline")).map(({ partitionKey }) => partitionKey);

it("ends nothing by default, nor by a wrong setting", async () => {
  await arrive(0, daysAgo(4000));
  const before = await app.store.rows("timeline");
  await enforceRetention({}, app.context);
  for (const wrong of ["-1", "a year", "1.5"]) {
    vi.stubEnv("RETENTION_EVENTS_DAYS", wrong);
    await enforceRetention({}, app.context);
  }
  expect(app.logged).toEqual(Array(4).fill("all is kept for ever"));
  expect(await app.store.rows("timeline")).toEqual(before);
});

it("ends whole days that are over for so long, with all that leads to them, and nothing newer", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  for (const number of [0, 1, 2]) await arrive(number, daysAgo(10 - number));
  const young = [];
  // A day later, when the pass runs, it is the day of six days ago that is over for five.
  for (const number of [3, 4, 5]) young.push(await arrive(number, daysAgo(4)));
  await app.seal();
  expect(await pass()).toMatchObject({ ended: 3, held: 0, unsettled: 0, failed: 0, done: true });
  for (const number of [0, 1, 2]) expect(await traces(number)).toEqual([]);
  expect((await app.store.names("events")).sort()).toEqual(young.sort());
  expect((await app.verify()).totals).toMatchObject({ ended: 3, whole: 3, differences: 0 });

  // The last trace of a day is why: without it, what is missing is missing.
  expect(await app.store.names("tombstones")).toHaveLength(3);
  for (const name of await app.store.names("tombstones")) await app.store.remove("tombstones", name);
  expect((await app.verify()).totals).toMatchObject({ differences: 3 });
});

it("leaves nothing behind of threads, conversations and people that are all ended", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  for (const number of [0, 2, 3, 5]) await arrive(number, daysAgo(9));
  await pass();
  expect(await partitions()).toEqual([]);
});

it("lists a call at its first event that is left, and a person's calls at the first that names the person", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  const user = (who: string) => ({ communicationIdentifier: { rawId: `8:acs:resource_${who}` }, role: "Attendee" });
  const call = { serverCallId: "call-of-days", correlationId: "9c000000-0000-4000-8000-000000000001" };
  const at = (days: number, seconds: number) => new Date(daysAgo(days).getTime() + seconds * 1000);
  const events: [string, object, Date][] = [
    ["CallStarted", { startedBy: user("ann") }, at(9, 0)],
    ["CallParticipantAdded", { user: user("ann"), startedBy: user("ann"), participantId: "1" }, at(9, 0)],
    ["CallParticipantAdded", { user: user("bob"), startedBy: user("bob"), participantId: "2" }, at(7, 0)],
    ["CallParticipantRemoved", { user: user("ann"), startedBy: user("ann"), participantId: "1" }, at(3, 0)],
    ["CallEnded", { startedBy: user("bob") }, at(2, 0)],
  ];
  for (const [name, data, time] of events) {
    const id = `${name}-${time.getTime()}`;
    const event = accept(eventGridEvent(name, { ...call, ...data }, { id, eventTime: time.toISOString() }));
    await take(event, time);
  }
  const people = ["person:8:acs:resource_ann", "person:8:acs:resource_bob"] as const;
  const standing = async () => {
    const first = [undefined, ...people].map((who) => firstSeen(listOf(who), ["serverCallId:call-of-days"]));
    const seen = await Promise.all(first);
    const keys = (await app.store.rows("timeline")).map(({ rowKey }) => rowKey);
    for (const one of seen) if (one) expect(keys.join()).toContain(`${newestFirst(Date.parse(one.at))}_`);
    return seen.map((one) => one?.at);
  };
  const time = (days: number) => at(days, 0).toISOString();
  expect(await standing()).toEqual([time(9), time(9), time(7)]);
  expect(await pass()).toMatchObject({ ended: 3 });
  expect(await standing()).toEqual([time(3), time(3), time(2)]);
  vi.setSystemTime(now + 3 * day);
  expect(await pass()).toMatchObject({ ended: 2 });
  expect(await partitions()).toEqual([]);
});

it("keeps what is held until the hold ends, and what is unsettled until it is settled", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  const [text, report, message, waiting] = await Promise.all([0, 1, 2, 3].map((number) => arrive(number, daysAgo(9))));
  const hold = { reason: "a case", by: "somebody", since: new Date(now) };
  await putHold("person:+14255550000", hold);
  await putHold("thread:19:fill-2@thread.v2", hold);
  const id = replyId("+18335550100", "+14255550003", "Incoming_fill-00000003");
  const key = outboxKey("+18335550100", "+14255550003", id);
  await put(key, { state: "placed", from: "+18335550100", to: "+14255550003", message: "later" });

  expect(await pass()).toMatchObject({ ended: 1, held: 2, unsettled: 1 });
  expect((await app.store.names("events")).sort()).toEqual([text, message, waiting].sort());
  expect(await traces(1)).toEqual([]);
  expect(report).toContain("fill-00000001");

  await endHold("person:+14255550000");
  await put(key, { state: "delivered" });
  expect(await pass()).toMatchObject({ ended: 2, held: 1 });
  expect(await app.store.names("events")).toEqual([message]);
});

it("ends what is in quarantine, unless it names something that is held", async () => {
  const reasons = [{ code: "ACS_EVENTS_MISSING", pointer: "", expected: "", found: "" }] as const;
  await quarantine({ id: "held", data: { from: "14255550009" } }, "sms", reasons);
  await quarantine({ id: "free", data: { from: "14255550008" } }, "sms", reasons);
  await putHold("person:+14255550009", { reason: "a case", by: "somebody", since: new Date(now) });
  vi.stubEnv("RETENTION_QUARANTINE_DAYS", "1");
  // By the clock of storage they are of the day on which this is run.
  vi.setSystemTime(vi.getRealSystemTime() + 3 * day);
  for (const blob of await app.store.names("quarantine"))
    await raiseProblem({ ...quarantineProblem(blob), advice: "" });
  expect(await pass()).toMatchObject({ ended: 1, held: 1 });
  const [held = "", ...others] = await app.store.names("quarantine");
  expect([held, others]).toEqual([expect.stringContaining("held"), []]);
  expect((await openProblems()).map(({ raw }) => raw)).toEqual([`quarantine/${held}`]);
});

it("takes events out of timelines, and leaves them in the archive", async () => {
  vi.stubEnv("RETENTION_TIMELINE_DAYS", "5");
  await arrive(0, daysAgo(9));
  await arrive(2, daysAgo(9));
  await arrive(3, daysAgo(1));
  await putHold("thread:19:fill-2@thread.v2", { reason: "a case", by: "somebody", since: new Date(now) });
  await app.seal();
  expect(await pass()).toMatchObject({ ended: 1, held: 1, done: true });
  expect((await traces(0)).map((trace) => trace.split(" ")[0])).toEqual([
    expect.stringMatching(/^sms\/SMSReceived/),
    expect.stringMatching(/^arrived:sms:/),
  ]);
  expect(JSON.stringify(await app.store.rows("timeline"))).not.toContain("Text number 0");
  expect((await traces(2)).length).toBeGreaterThan(3);
  expect((await traces(3)).length).toBeGreaterThan(3);

  // It comes again, and the hold ends.
  const again = accept(eventOf(0, daysAgo(9)));
  await index(again, { ...(await archive(again)), storedAt: daysAgo(9), at: new Date() });
  await endHold("thread:19:fill-2@thread.v2");
  expect(await pass()).toMatchObject({ ended: 2, held: 0 });
  expect(JSON.stringify(await app.store.rows("timeline"))).not.toMatch(/(Text|Message) number [02]/);
  expect((await app.verify()).totals).toMatchObject({ whole: 3, differences: 0 });
  expect(await pass()).toMatchObject({ ended: 0, held: 0 });
});

it("goes on rightly after it stopped at any of its writes", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  const writes = new Set(["PUT", "POST", "MERGE", "PATCH", "DELETE"]);
  let stopped = true;
  for (let allowed = 0; stopped; allowed++) {
    // Two days, so that a pass may stop at each of them.
    for (const number of [2, 3]) await arrive(10 * allowed + number, daysAgo(9 - (number % 2)));
    let done = 0;
    let down = false;
    app.proxy.faults = ({ method }) => {
      down ||= writes.has(method) && done++ === allowed;
      return down ? "refused" : "pass";
    };
    await pass().catch(() => {});
    stopped = down;
    app.proxy.faults = () => "pass";
    await pass();
    expect(await app.store.names("events"), `stopped at write ${allowed}`).toEqual([]);
    expect(await partitions(), `stopped at write ${allowed}`).toEqual([]);
  }
});

it("goes on in the next run where its time was over", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  for (const number of [0, 3, 6]) await arrive(number, daysAgo(20 - number));
  await put(["retention", "pass"], { kind: "sms", day: daysAgo(17).getTime() - (daysAgo(17).getTime() % day) });
  expect(await pass()).toMatchObject({ ended: 2, done: true });
  await enforceRetention({}, app.context);
  expect(app.logged.at(-1)).toBe("nothing is due");
  expect(await pass()).toMatchObject({ ended: 1 });
});

it("leaves to an erasure what it took out of timelines", async () => {
  vi.stubEnv("RETENTION_TIMELINE_DAYS", "5");
  const blob = await arrive(0, daysAgo(9));
  await pass();
  const url = "http://localhost/api/people/%2B14255550000?reason=asked";
  const asked = await askErasure(
    new HttpRequest({ method: "DELETE", url, params: { identifier: "+14255550000" } }),
    app.context,
  );
  const { id } = asked.jsonBody as { id: string };
  for (let turn = 0; turn < 6; turn++) {
    await runErasure({ erasure: id, turn }, app.context);
    vi.setSystemTime(Date.now() + hour);
  }
  const text = (await app.blob("events", blob).downloadToBuffer()).toString();
  expect(text).not.toContain("14255550000");
  expect(text).not.toContain("Text number 0");
});

it("minds a hold that is set while it goes on, within seconds", async () => {
  const work = beginWork(new Date(now));
  const holds = async () => (await work.held()).ofPerson(["person:+14255550000"]);
  expect(await holds()).toBeUndefined();
  await putHold("person:+14255550000", { reason: "a case", by: "somebody", since: new Date(now) });
  const clock = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 6_000);
  expect(await holds()).toBe("person:+14255550000");
  clock.mockRestore();
});

it("goes on past what it can make nothing of, and past what it does not accept any more, by its holds; and tells", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  const [broken, odd] = await Promise.all([0, 3, 6].map((number) => arrive(number, daysAgo(9))));
  await put(["hold", "person:+14255550003"], {
    entity: "person:+14255550003",
    reason: "",
    by: "",
    since: new Date(now),
  });
  const rewrite = (blob = "", text: string) => app.blob("events", blob).upload(text, text.length);
  await rewrite(odd, '{"from":"14255550003"}');
  // As a lease or a policy of immutability does.
  app.proxy.faults = ({ method, path }) => (method === "DELETE" && path.includes("fill-00000000") ? "refused" : "pass");
  expect(await pass()).toMatchObject({ ended: 1, held: 1, failed: 1, done: true });
  expect((await app.store.names("events")).sort()).toEqual([broken, odd].sort());
  expect(await openProblems()).toMatchObject([{ partitionKey: "retentionFailed" }]);

  app.proxy.faults = () => "pass";
  expect(await pass()).toMatchObject({ ended: 1, held: 1, failed: 0, done: true });
  expect(await openProblems()).toEqual([]);
});

it("counts an error that is not storage's as failed, and ends the rest", async () => {
  const counts = { ended: 0, held: 0, unsettled: 0, failed: 0 };
  const warned: string[] = [];
  const slice = { counts, stopAt: Date.now() + hour, warn: (line: string) => warned.push(line) };
  const end = async ({ blob }: { blob: string }) => {
    if (blob === "b") throw new TypeError("Cannot read what the event says: secret");
    return "ended" as const;
  };
  async function* things() {
    for (const blob of ["a", "b", "c"]) yield { blob };
  }
  expect(await endAll(things(), end, slice)).toBe(true);
  expect(counts).toMatchObject({ ended: 2, failed: 1 });
  expect(warned).toEqual(["b could not be ended: TypeError"]);
});

it("survives storage that refuses many shards of an index at once", async () => {
  await arrive(0, daysAgo(1));
  const unhandled: unknown[] = [];
  const hear = (error: unknown) => unhandled.push(error);
  process.on("unhandledRejection", hear);
  app.proxy.faults = ({ path, query }) =>
    /timeline/.test(path) && !decodeURIComponent(query).includes(":0'") ? "refused" : "pass";
  const walk = async () => {
    for await (const _ of walkArrived(["sms"], { from: now - day, to: now })) await app.store.rows("timeline");
  };
  await expect(walk()).rejects.toMatchObject({ statusCode: 403 });
  app.proxy.faults = () => "pass";
  await app.store.rows("timeline");
  process.off("unhandledRejection", hear);
  expect(unhandled).toEqual([]);
});

it("looks at no day on which nothing arrived", async () => {
  vi.stubEnv("RETENTION_TIMELINE_DAYS", "365");
  await arrive(0, daysAgo(1));
  let calls = 0;
  app.proxy.faults = () => {
    calls++;
    return "pass";
  };
  expect(await pass()).toMatchObject({ ended: 0, done: true });
  app.proxy.faults = () => "pass";
  expect(calls).toBeLessThan(60);
});

it("ends the words of texts that the app sent, unless they are held or still to be sent", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  const text = { from: "+18335550100", by: "hand", turn: 0, attempts: 0, maybeSent: false } as const;
  const send = (id: string, to: string, state: "delivered" | "placed", at: Date) =>
    place(id, { ...text, to, state, message: `our words ${id}`, placedAt: at });
  await send("a", "+14255550001", "delivered", daysAgo(40));
  await send("b", "+14255550001", "delivered", daysAgo(9));
  await send("c", "+14255550002", "delivered", daysAgo(9));
  await send("d", "+14255550003", "placed", daysAgo(9));
  await send("e", "+14255550001", "delivered", daysAgo(1));
  await putHold("person:+14255550002", { reason: "a case", by: "somebody", since: new Date(now) });
  // It stops at each of its writes.
  for (let allowed = 0; allowed < 5; allowed++) {
    let done = 0;
    app.proxy.faults = ({ service, method }) =>
      service === "Table" && method !== "GET" && done++ >= allowed ? "refused" : "pass";
    vi.setSystemTime(now);
    await pass().catch(() => {});
  }
  app.proxy.faults = () => "pass";
  expect(await pass()).toMatchObject({ held: 1, unsettled: 1, failed: 0, done: true });
  const ids = (rows: object[]) => [...new Set(JSON.stringify(rows).match(/our words .|(?<=_)[a-e](?=")/g))].sort();
  expect(ids(await app.store.rows("timeline"))).toEqual(["c", "d", "e"]);
  const words = (await app.store.rows("ledger")).flatMap(({ message, rowKey }) => (message === "" ? [rowKey] : []));
  expect(words.sort()).toEqual(["a", "b"]);
  expect(await pass()).toMatchObject({ ended: 0, held: 1, unsettled: 1 });
});
