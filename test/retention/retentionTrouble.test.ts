import { HttpRequest } from "@azure/functions";
import { expect, it, vi } from "vitest";
import { askErasure } from "../../src/people/erasure/askErasure.ts";
import { runErasure } from "../../src/people/erasure/runErasure.ts";
import { endAll } from "../../src/retention/endAll.ts";
import { enforceRetention } from "../../src/retention/enforceRetention.ts";
import { beginWork } from "../../src/retention/work.ts";
import { place } from "../../src/sms/outbox/place.ts";
import { putHold } from "../../src/storage/holds.ts";
import { put } from "../../src/storage/ledger.ts";
import { walkArrived } from "../../src/storage/walkArrived.ts";
import { app, arrive, day, daysAgo, hour, now, openProblems, partitions, pass } from "./kept.ts";

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
  expect(await pass()).toMatchObject({ outcome: "done", ended: 2 });
  expect(await app.run(enforceRetention)).toEqual({ outcome: "nothing is due" });
  expect(await pass()).toMatchObject({ ended: 1 });
});

it("leaves to an erasure what it took out of timelines", async () => {
  vi.stubEnv("RETENTION_TIMELINE_DAYS", "5");
  const blob = await arrive(0, daysAgo(9));
  await pass();
  const url = "http://localhost/api/people/%2B14255550000?reason=asked";
  const asked = await askErasure(
    new HttpRequest({ method: "DELETE", url, params: { identifier: "+14255550000" } }),
    app.invocation(),
  );
  const { id } = asked.jsonBody as { id: string };
  for (let turn = 0; turn < 6; turn++) {
    await runErasure({ erasure: id, turn }, app.invocation());
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
  expect(await pass()).toMatchObject({ outcome: "done", ended: 1, held: 1, failed: 1 });
  expect((await app.store.names("events")).sort()).toEqual([broken, odd].sort());
  expect(await openProblems()).toMatchObject([{ partitionKey: "retentionFailed" }]);
  // The log says which by its identity: its own id may be somebody's number.
  const [, identity = ""] = /\.([0-9a-f]{64})\.json$/.exec(broken ?? "") ?? [];
  expect(app.warned.filter((line) => line.includes(identity))).toEqual([expect.stringContaining("could not be ended")]);
  expect(app.warned.filter((line) => line.includes("fill-"))).toEqual([]);

  app.proxy.faults = () => "pass";
  expect(await pass()).toMatchObject({ outcome: "done", ended: 1, held: 1, failed: 0 });
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
  expect(await pass()).toMatchObject({ outcome: "done", ended: 0 });
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
  expect(await pass()).toMatchObject({ outcome: "done", held: 1, unsettled: 1, failed: 0 });
  const ids = (rows: object[]) => [...new Set(JSON.stringify(rows).match(/our words .|(?<=_)[a-e](?=")/g))].sort();
  expect(ids(await app.store.rows("timeline"))).toEqual(["c", "d", "e"]);
  const words = (await app.store.rows("ledger")).flatMap(({ message, rowKey }) => (message === "" ? [rowKey] : []));
  expect(words.sort()).toEqual(["a", "b"]);
  expect(await pass()).toMatchObject({ ended: 0, held: 1, unsettled: 1 });
});
