// The list of chat threads through the built app.
import { TableClient } from "@azure/data-tables";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "../../src/calls/threads/rows.ts";
import { ann, copyOf, iso, say } from "../calls/chatCopies.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { itemsOf, pagesOf, type Query } from "../support/pages.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const list = (query?: Query) => itemsOf(app, "/api/threads", query);
const ids = async (query?: Query) => (await list(query)).map(({ threadId }) => threadId);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

it("is empty before anybody wrote", async () => {
  expect(await list()).toEqual([]);
});

describe("a thread", () => {
  const threads = { a: "19:list/a@thread.v2", b: "19:list-b@thread.v2", c: "19:list-c@thread.v2" };
  const june = Date.UTC(2025, 5, 1);
  const within = { from: "2025-05-01", to: "2025-06-30" };

  beforeAll(async () => {
    const updated = {
      what: "updated",
      threadId: threads.b,
      at: june + 3000,
      data: { version: june + 3000, editTime: iso(june + 3000), properties: { topic: "Lunch" } },
    } as const;
    await app.publish([
      ...say(threads.a, june + 4000, "last in a"),
      ...say(threads.a, june + 1000, "first in a", 3),
      copyOf(updated, "now", 1),
      ...say(threads.c, june - day, "in May"),
      ...say(threads.b, june + 2000, "in b"),
    ]);
  });

  it("is listed once, at its last message or change, newest first", async () => {
    expect(await list(within)).toEqual([
      {
        threadId: threads.a,
        lastAt: iso(june + 4000),
        last: { kind: "message", sender: { id: ann, displayName: "Ann" }, text: "last in a" },
        link: "/api/threads/19%3Alist%2Fa%40thread.v2",
      },
      {
        threadId: threads.b,
        topic: "Lunch",
        lastAt: iso(june + 3000),
        last: { kind: "propertiesUpdated" },
        link: expect.any(String),
      },
      { threadId: threads.c, lastAt: iso(june - day), last: expect.anything(), link: expect.any(String) },
    ]);
  });

  it("is listed between two times, both included, when its last message is", async () => {
    const between = (from: number, to: number) => ids({ from: iso(june + from), to: iso(june + to) });
    expect(await between(3000, 4000)).toEqual([threads.a, threads.b]);
    expect(await between(0, 2999)).toEqual([]);
  });

  it("shows what its last message reads now, however often it was edited", async () => {
    const [threadId, at] = ["19:edited@thread.v2", Date.UTC(2025, 1, 1)];
    const edits = Array.from({ length: 60 }, (_, n) => {
      const [version, messageBody] = [at + 1000 * (n + 1), `Edit ${n + 1}`];
      const data = { messageId: String(at), composeTime: iso(at), type: "Text", editTime: iso(version), messageBody };
      return copyOf({ what: "edited", threadId, at: version, data: { version, ...data } }, "now", 1);
    });
    await app.publish([...say(threadId, at, "At first"), ...edits]);
    const [edited] = await list({ from: "2025-02-01", to: "2025-02-02" });
    expect(edited).toMatchObject({ threadId, last: { text: "Edit 60" } });
  });

  it("is linked to, also with a slash in its id", async () => {
    const [first] = await list(within);
    expect(await itemsOf(app, String(first?.link))).toMatchObject([{ text: "first in a" }, { text: "last in a" }]);
  });

  it("is listed with an id that no key can hold", async () => {
    const threadId = `19:\u2028#?\u0007\ud800'${"x".repeat(500)}`;
    await app.publish(say(threadId, Date.UTC(2025, 0, 1), "odd"));
    const [odd] = await list({ from: "2025-01-01", to: "2025-01-02" });
    expect(odd).toMatchObject({ threadId: threadId.toWellFormed(), last: { text: "odd" } });
    expect(await itemsOf(app, String(odd?.link))).toMatchObject([{ text: "odd" }]);
  });
});

describe("pages", () => {
  const begin = Date.UTC(2024, 1, 28);
  const within = { from: "2024-02-01", to: "2024-03-31" };
  /** Some of each other's hour, some alone, over days and the end of a month; one thread writes in all hours, and often. */
  const [moments = []] = fc.sample(
    fc.array(fc.tuple(fc.nat(14), fc.nat(60), fc.nat(59)), { minLength: 80, maxLength: 80 }),
    { numRuns: 1, seed: 5 },
  );
  const said = moments.map(([who, hours, minutes]) => [`19:${who}`, begin + hours * hour + minutes * minute] as const);
  const busy = Array.from({ length: 300 }, (_, n) => ["19:busy", begin + n * 13 * minute] as const);
  const lasts = new Map<string, number>();
  for (const [id, at] of [...said, ...busy]) lasts.set(id, Math.max(at, lasts.get(id) ?? 0));
  const expected = [...lasts].sort(([, a], [, b]) => b - a);

  beforeAll(async () => {
    const [mixed = []] = fc.sample(fc.shuffledSubarray([...said, ...busy], { minLength: 380 }), {
      numRuns: 1,
      seed: 5,
    });
    await app.publish(
      mixed.flatMap(([id, at]) => say(id, at, "Hello")),
      { batch: 100 },
    );
  });

  it.each([1, 2, 7, 100])(
    "of %i have each thread once, newest first, however much one of them says",
    async (pageSize) => {
      const found = await pagesOf(app, "/api/threads", { ...within, pageSize });
      const told = found.flatMap(({ value }) => value).map(({ threadId, lastAt }) => [threadId, lastAt]);
      expect(told).toEqual(expected.map(([id, at]) => [id, iso(at)]));
      // None is short but the last.
      for (const { value } of found.slice(0, -1)) expect(value).toHaveLength(pageSize);
    },
  );

  it("are found by a row an hour for a thread", async () => {
    const rows = await app.store.rows("timeline", "PartitionKey eq 'threads' and threadId eq '\"19:busy\"'");
    expect(rows).toHaveLength(Math.ceil((300 * 13) / 60));
  });

  it("have all threads of an hour that has too many to put them in order", async () => {
    const table = TableClient.fromConnectionString(app.addresses.storageConnectionString, "timeline", {
      allowInsecureConnection: true,
    });
    const at = Date.UTC(2023, 0, 1, 9, 30);
    const one = {
      kind: "message",
      event: "received",
      sender: {},
      messageId: "1",
      place: iso(at),
      at: iso(at),
    } as const;
    const rows = Array.from({ length: 1050 }, (_, n) => rowsOf(`19:crowd-${n}`, one, "", new Date(at))).flat();
    const [index, others] = [true, false].map((of) => rows.filter((row) => (row.partitionKey === "threads") === of));
    for (let n = 0; n < (index?.length ?? 0); n += 100) {
      await table.submitTransaction((index ?? []).slice(n, n + 100).map((row) => ["upsert", row, "Replace"]));
    }
    // The others have gone on, as far as the index knows.
    const lastOnes = others?.filter(({ rowKey }) => rowKey.startsWith("l_")).filter((_, n) => n % 7 === 0) ?? [];
    await Promise.all(lastOnes.map((row) => table.upsertEntity(row)));
    const found = await ids({ from: iso(at), to: iso(at), pageSize: 40 });
    expect([found.length, new Set(found).size]).toEqual([150, 150]);
  });
});

describe("a time that cannot be true", () => {
  it.each(["2099-01-01T00:00:00.000Z", "1990-01-01T00:00:00.000Z", undefined])(
    "(%s) lists a thread at its arrival, until something true is said later",
    async (time) => {
      const threadId = `19:of-${time}`;
      const data = { threadId, messageId: "one", messageBody: "When?", ...(time && { composeTime: time }) };
      const arrived = Math.floor(Date.now() / 1000) * 1000;
      await app.publish([eventGridEvent("ChatMessageReceived", data, { id: threadId, eventTime: time })]);
      const of = async () => (await list({ from: "2026-01-01" })).filter((thread) => thread.threadId === threadId);
      expect(await of()).toMatchObject([{ last: { text: "When?" }, lastAt: expect.any(String) }]);
      const [{ lastAt } = {}] = await of();
      expect(Math.abs(Date.parse(String(lastAt)) - arrived)).toBeLessThan(minute);
      const later = Date.now() + 2 * minute;
      await app.publish(say(threadId, later, "Now"));
      expect(await of()).toMatchObject([{ last: { text: "Now" }, lastAt: iso(later) }]);
    },
  );

  it("hides no thread of before ACS began", async () => {
    await app.publish(say("19:early", Date.UTC(2016, 1, 3), "Early"));
    const found = [await ids({ from: "2000-01-01", to: "2020-12-31" }), await ids({ from: "2026-01-01" })].flat();
    expect(found.filter((id) => id === "19:early")).toHaveLength(1);
  });
});

it.each([Buffer.from("x").toString("base64url"), Buffer.from(`${"0".repeat(15)}~' or 1 eq 1`).toString("base64url")])(
  "refuses the continuationToken %s",
  async (continuationToken) => {
    const answer = await app.get(`/api/threads?${new URLSearchParams({ continuationToken })}`);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: "ACS_EVENTS_BAD_REQUEST", target: "continuationToken" },
    ]);
  },
);
