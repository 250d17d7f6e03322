import { expect, it, vi } from "vitest";
import { eventOf } from "../../bench/fillArchive.ts";
import { firstSeen } from "../../src/calls/record/firstSeen.ts";
import { listOf } from "../../src/calls/record/rows.ts";
import { accept } from "../../src/events/accept.ts";
import { enforceRetention } from "../../src/retention/enforceRetention.ts";
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
import { app, arrive, day, daysAgo, now, openProblems, partitions, pass, take, traces } from "./kept.ts";

it("ends nothing by default, nor by a wrong setting", async () => {
  await arrive(0, daysAgo(4000));
  const before = await app.store.rows("timeline");
  const told = [await app.run(enforceRetention)];
  for (const wrong of ["-1", "a year", "1.5"]) {
    vi.stubEnv("RETENTION_EVENTS_DAYS", wrong);
    told.push(await app.run(enforceRetention));
  }
  expect(told).toEqual(Array(4).fill({ outcome: "all is kept for ever" }));
  expect(await app.store.rows("timeline")).toEqual(before);
});

it("ends whole days that are over for so long, with all that leads to them, and nothing newer", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  for (const number of [0, 1, 2]) await arrive(number, daysAgo(10 - number));
  const young = [];
  // A day later, when the pass runs, it is the day of six days ago that is over for five.
  for (const number of [3, 4, 5]) young.push(await arrive(number, daysAgo(4)));
  await app.seal();
  expect(await pass()).toMatchObject({ outcome: "done", ended: 3, held: 0, unsettled: 0, failed: 0 });
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

it("keeps a text without a time on the list as long as the text", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  const ends = { from: "+14255550007", to: "+18335550100" };
  const data = { ...ends, messageId: "u", message: "when?", receivedTimestamp: daysAgo(9).toISOString() };
  const { eventTime: _, ...untimed } = eventGridEvent("SMSReceived", data, { id: "u" });
  await take(accept(untimed), daysAgo(9));
  await putHold("person:+14255550007", { reason: "a case", by: "somebody", since: new Date(now) });
  expect(await pass()).toMatchObject({ ended: 0, held: 1 });
  expect(await partitions()).toContain("conversations:2026-11");
  await endHold("person:+14255550007");
  await pass();
  expect(await partitions()).toEqual([]);
});

it("leaves no thread on the list of which copies of one message say different times", async () => {
  vi.stubEnv("RETENTION_EVENTS_DAYS", "5");
  const user = (who: string) => ({
    rawId: `8:acs:resource_${who}`,
    communicationUser: { id: `8:acs:resource_${who}` },
  });
  const at = (hours: number) => new Date(daysAgo(9).getTime() + hours * 3_600_000).toISOString();
  for (const [who, written, eventTime, days] of [
    ["ann", { composeTime: at(0) }, at(0), 9],
    ["bob", {}, at(2), 3],
  ] as const) {
    const message = { messageId: "1763631000009", messageBody: "Hi", version: 1, type: "Text" };
    const people = { senderCommunicationIdentifier: user("cleo"), recipientCommunicationIdentifier: user(who) };
    const data = { threadId: "19:times@thread.v2", ...message, ...people, senderDisplayName: "Cleo", ...written };
    await take(accept(eventGridEvent("ChatMessageReceived", data, { id: `m-${who}`, eventTime })), daysAgo(days));
  }
  expect((await partitions()).filter((name) => name === "threads")).toHaveLength(2);
  expect(await pass()).toMatchObject({ ended: 1 });
  expect((await partitions()).filter((name) => name === "threads")).toHaveLength(1);
  vi.setSystemTime(now + 3 * day);
  expect(await pass()).toMatchObject({ ended: 1 });
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
  expect(await pass()).toMatchObject({ outcome: "done", ended: 1, held: 1 });
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
