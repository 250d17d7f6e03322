// Transcripts through the built app; the list of them: test/app/threadsList.test.ts. What they are in all cases: test/calls/threads.test.ts.
import { BlobServiceClient } from "@azure/storage-blob";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, copyOf, identifier, iso, listed, say } from "../calls/chatCopies.ts";
import { plays, tell } from "../calls/chatStory.ts";
import { transcript } from "../calls/transcript.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { itemsOf, pagesOf, type Query } from "../support/pages.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const path = (threadId: string) => `/api/threads/${encodeURIComponent(threadId)}`;

const pages = (of: string, query?: Query) => pagesOf(app, of, query);
const all = (of: string, query?: Query) => itemsOf(app, of, query);

const begin = Date.UTC(2026, 10, 20, 9);

describe("a thread", () => {
  const threadId = "19:story@thread.v2";
  const stories = fc.sample(plays, { numRuns: 200, seed: 7 }).map(tell);
  const [story] = stories.toSorted((a, b) => b.items.length - a.items.length);
  const { told, thread, items } = story ?? tell({ steps: [], created: [], ended: null });

  beforeAll(async () => {
    const events = told.flatMap(({ happening, copies }) =>
      copies.map(({ shape, copy }) => copyOf(happening, shape, copy)),
    );
    const [shuffled = []] = fc.sample(fc.shuffledSubarray(events, { minLength: events.length }), {
      numRuns: 1,
      seed: 7,
    });
    await app.publish(shuffled.slice(3), { batch: 5 });
    await app.publish([...shuffled.slice(0, 3), ...shuffled.slice(0, 20)]);
    expect(items.length).toBeGreaterThan(10);
  });

  it("is told in order, with edits and deletions, whatever came when and how often", async () => {
    expect(await pages(path(threadId), { pageSize: 100 })).toEqual([{ threadId, ...thread, value: items }]);
  });

  it("is told alike in pages of any size", async () => {
    for (const pageSize of [1, 3, 7]) {
      const found = await pages(path(threadId), { pageSize });
      expect(found.flatMap(({ value }) => value)).toEqual(items);
      expect(Math.max(...found.map(({ value }) => value.length))).toBe(pageSize);
      for (const page of found) expect(page).toMatchObject(thread);
    }
  });

  it("is told between two times, both included", async () => {
    const [from = "", to = ""] = [items[3]?.at, items[8]?.at];
    expect(await all(path(threadId), { from, to })).toEqual(items.slice(3, 9));
    expect(await all(path(threadId), { from: "2020-01-01", to: "2020-12-31" })).toEqual([]);
  });

  it("is told as text to whoever accepts that", async () => {
    const answer = await app.get(`${path(threadId)}?pageSize=4`, { headers: { accept: "text/plain" } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      link: expect.stringMatching(/^<\/api\/threads\/[^>]+pageSize=4&continuationToken=[^>]+>; rel="next"$/),
    });
    const text = await answer.text();
    expect(text).toContain(`Thread ${threadId}\nTopic: `);
    expect(text).toContain("\n2026-11-20 09:00:00Z  * Ann began the thread");
    const next = await app.get(/<(.*)>/.exec(answer.headers.get("link") ?? "")?.[1] ?? "");
    expect(await next.json()).toMatchObject({ value: items.slice(4, 8) });
    expect((await app.get(`${path(threadId)}?format=text`)).headers.get("content-type")).toMatch(/^text\/plain/);
    for (const accept of ["*/*", "text/html", "application/json, text/plain", "text/plain;q=0.5, application/json"]) {
      const json = await app.get(path(threadId), { headers: { accept } });
      expect(json.headers.get("content-type"), accept).toMatch(/json/);
    }
  });

  it("is equal to what its archived events tell", async () => {
    const rows = await app.store.timeline(`thread:${threadId}`);
    const events = await Promise.all(rows.map(({ blob }) => app.store.read("events", String(blob))));
    const again = transcript(events);
    expect([again.thread, again.items]).toEqual([thread, items]);
  });
});

describe("what is large", () => {
  it("is one row for the copies of a message that go to each user", async () => {
    const threadId = "19:many@thread.v2";
    await app.publish(say(threadId, begin, "Hello, all", 80), { batch: 40 });
    expect(await all(path(threadId))).toMatchObject([{ text: "Hello, all" }]);
    expect(await app.store.timeline(`transcript:${threadId}`)).toHaveLength(3);
  });

  it("is whole when a column cannot hold it, and cut when the archive has it no more", async () => {
    const threadId = "19:long@thread.v2";
    const text = "€".repeat(20_000);
    const participants = Array.from({ length: 250 }, (_, n) => listed(`${ann}_${n}_${"0".repeat(60)}`, `User ${n}`));
    const data = { version: begin, createTime: iso(begin), participants };
    const created = copyOf({ what: "created", threadId, at: begin, data }, "thread", 1);
    await app.publish([created, ...say(threadId, begin + 1000, text)]);
    const [page] = await pages(path(threadId));
    expect(page).toMatchObject({ value: [{ participants: { length: 250 } }, { text }] });
    expect(page).toHaveProperty("participants.length", 250);
    const events = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
    for (const name of await app.store.names("events", "chat/ChatMessageReceived/")) {
      if (name.includes(String(begin + 1000))) await events.getContainerClient("events").deleteBlob(name);
    }
    expect((await all(path(threadId)))[1]).toMatchObject({ text: "€".repeat(1000), cut: true });
  });

  it("costs a bounded number of rows for one answer", async () => {
    const threadId = "19:busy@thread.v2";
    const strays = Array.from({ length: 205 }, (_, n) => straying(threadId, begin + n));
    await app.publish(strays.flat(), { batch: 100 });
    const found = await pages(path(threadId), { from: iso(begin), pageSize: 100 });
    expect(found.map(({ value }) => value.length)).toEqual([0, 0]);
    expect(await all(path(threadId), { pageSize: 100 })).toHaveLength(205);
  });
});

/** A message of earlier that an event without its time puts here at first. */
function straying(threadId: string, at: number): unknown[] {
  const data = { threadId, messageId: `stray-${at}`, messageBody: "Where am I?", version: 1 };
  const early = iso(at - 5_000_000);
  return [
    eventGridEvent("ChatMessageReceived", data, { id: `stray-${at}`, eventTime: iso(at) }),
    eventGridEvent("ChatMessageReceived", { ...data, composeTime: early }, { id: `home-${at}`, eventTime: iso(at) }),
  ];
}

describe("a thread that", () => {
  it("nothing is known of is 404", async () => {
    const answer = await app.get(path("19:unknown@thread.v2"));
    expect([answer.status, await answer.json()]).toEqual([
      404,
      {
        code: "ACS_EVENTS_UNKNOWN_THREAD",
        message: expect.stringContaining("/api/threads"),
        target: "threadId",
        details: [],
      },
    ]);
  });

  it("somebody only typed in is known, and empty", async () => {
    const data = { threadId: "19:typing@thread.v2", senderCommunicationIdentifier: identifier(ann) };
    await app.publish([eventGridEvent("ChatTypingIndicatorReceivedInThread", data, { id: "typing" })]);
    expect(await pages(path("19:typing@thread.v2"))).toEqual([
      {
        threadId: "19:typing@thread.v2",
        participants: [],
        topics: [],
        partial: [expect.stringContaining("creation")],
        value: [],
      },
    ]);
    expect(await app.store.rows("timeline", "PartitionKey eq 'transcript:19:typing@thread.v2'")).toEqual([]);
  });
});

it.each([
  ["format", "html"],
  ["pageSize", "0"],
  ["from", "yesterday"],
  ["continuationToken", "x"],
  ["continuationToken", Buffer.from("i_2026-11-20T09:00:00.000Z_' or 1 eq 1").toString("base64url")],
])("refuses %s=%s with advice", async (name, value) => {
  const answer = await app.get(`${path("19:story@thread.v2")}?${new URLSearchParams({ [name]: value })}`);
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: "ACS_EVENTS_BAD_REQUEST", target: name }]);
});
