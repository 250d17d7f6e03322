// What keeps the app from texting too much: by itself, and for a caller.
import { TableClient } from "@azure/data-tables";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replyId } from "../../src/sms/outbox/rows.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
let texts = 0;

/** Publishes a text, and gives the row of its decision. */
async function decisionOn(from: string, message: string, data: Record<string, unknown> = {}) {
  const id = `guarded-${++texts}`;
  await app.publish([textEvent(id, { from, message, ...data })]);
  const to = String(data.to ?? ourNumber);
  const [row] = await app.store.ledger(`outbox:${to}:${from}`, replyId(to, from, id));
  return row;
}

const send = (body: unknown, key?: string) =>
  app.call("POST", "/api/sms", body, key === undefined ? {} : { headers: { "idempotency-key": key } });

interface Answer {
  value: { to: string; state: string; id?: string; reason?: string }[];
  encoding: string;
  segments: number;
}

describe("the app", () => {
  beforeAll(async () => {
    app = await startApp({ AUTO_REPLY_MAX_PER_HOUR: "3" });
  });
  afterAll(() => app?.close());

  it("does not answer a text that came late", async () => {
    const receivedTimestamp = new Date(Date.now() - 61 * 60_000).toISOString();
    const row = await decisionOn("+14255550131", "Hello", { receivedTimestamp });
    expect(row).toMatchObject({ state: "silent", reason: "the text came too late" });
  });

  it("answers the same words once, and other words of the same sender", async () => {
    const from = "+14255550132";
    expect(await decisionOn(from, "Anybody there?")).toMatchObject({ state: "delivered" });
    expect(await decisionOn(from, " anybody  THERE? ")).toMatchObject({ state: "silent" });
    expect(await decisionOn(from, "Hello?")).toMatchObject({ state: "delivered" });
    expect(await decisionOn("+14255550133", "Anybody there?")).toMatchObject({ state: "delivered" });
  });

  it("answers a text that says nothing of its time, and one from the future", async () => {
    expect(await decisionOn("+14255550135", "Hello", { receivedTimestamp: undefined })).toBeDefined();
    const receivedTimestamp = new Date(Date.now() + 60_000).toISOString();
    expect(await decisionOn("+14255550136", "Hello", { receivedTimestamp })).toMatchObject({ state: "delivered" });
  });

  it("lets a text wait for its place when its number has sent much", async () => {
    const [from, to] = ["+14255550137", "+12065550137"];
    const { storageConnectionString } = app.addresses;
    const ledger = TableClient.fromConnectionString(storageConnectionString, "ledger", {
      allowInsecureConnection: true,
    });
    const due = new Date(Date.now() + 60_000);
    await ledger.upsertEntity({ partitionKey: "pace", rowKey: to, due });
    const row = await decisionOn(from, "Hello", { to });
    expect(row).toMatchObject({ state: "delivered", turn: 1, attempts: 0 });
    // It is put off once, and when it comes again it has its place.
    expect(row?.hasSlot).toBe(true);
    // A text each 400 ms.
    expect((await app.store.ledger("pace", to))[0]?.due).toEqual(new Date(due.getTime() + 400));
  });

  it("answers one sender so often in an hour, and again in the next", async () => {
    const from = "+14255550134";
    const states = [];
    for (const word of ["one", "two", "three", "four"]) states.push((await decisionOn(from, word))?.state);
    expect(states).toEqual(["delivered", "delivered", "delivered", "silent"]);
    expect(await decisionOn(from, "five", { to: "+12065550134" })).toMatchObject({ state: "delivered" });
    await app.moveClock(61 * 60_000);
    const receivedTimestamp = new Date(Date.now() + 61 * 60_000).toISOString();
    expect(await decisionOn(from, "six", { receivedTimestamp })).toMatchObject({ state: "delivered" });
    await app.moveClock(0);
  });
});

describe("with four texts a day", () => {
  beforeAll(async () => {
    app = await startApp({ SMS_MAX_PER_DAY: "4" });
  });
  afterAll(() => app?.close());

  it("the app sends four, by itself and by hand, and raises one problem", async () => {
    const senders = ["+14255550141", "+14255550142", "+14255550143"];
    await app.publish(senders.map((from) => textEvent(`budget-${from}`, { from })));
    const to = ["+14255550144", "+14255550145", "+14255550146"];
    const answer = await send({ from: ourNumber, to, message: "Hello" }, "budget");
    const { value } = (await answer.json()) as Answer;
    // One of them, whichever came first.
    expect(value.map(({ state }) => state).sort()).toEqual(["placed", "refused", "refused"]);
    expect(await decisionOn("+14255550147", "Hello")).toMatchObject({ state: "silent" });
    await app.idle();
    expect(app.acs.messages()).toHaveLength(4);
    const problems = (await app.store.problems()).filter(({ partitionKey }) => partitionKey === "smsBudget");
    expect(problems).toMatchObject([{ state: "open", advice: expect.stringContaining("SMS_MAX_PER_DAY") }]);
  });
});

describe("POST /api/sms", () => {
  beforeAll(async () => {
    app = await startApp({ AUTO_REPLY: "off" });
  });
  afterAll(() => app?.close());

  const [one, two] = ["+14255550151", "+14255550152"];

  it("sends a text to each recipient once, however often it is asked to", async () => {
    const body = { from: "1 (833) 555-0150", to: [one, two, "1-425-555-0152"], message: "Your order is on its way." };
    const answers = await Promise.all([send(body, "order-1"), send(body, "order-1")]);
    const [first, second] = (await Promise.all(answers.map((answer) => answer.json()))) as Answer[];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(first).toMatchObject({ encoding: "GSM-7", segments: 1, value: [{ to: one }, { to: two }] });
    expect(second?.value.map(({ id }) => id)).toEqual(first?.value.map(({ id }) => id));
    await app.idle();
    const sent = app.acs.messages().filter(({ message }) => message === body.message);
    expect(sent.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([`+18335550150 ${one}`, `+18335550150 ${two}`]);
    const third = (await (await send(body, "order-1")).json()) as Answer;
    expect(third.value.map(({ state }) => state)).toEqual(["delivered", "delivered"]);
  });

  it("takes a text from the day's budget once", async () => {
    const day = new Date().toISOString().slice(0, 10);
    const before = Number((await app.store.ledger("budget:sms", day))[0]?.spent);
    const body = { from: ourNumber, to: [one], message: "Once" };
    await Promise.all(Array.from({ length: 10 }, () => send(body, "budget-once")));
    expect((await app.store.ledger("budget:sms", day))[0]?.spent).toBe(before + 1);
  });

  it("takes a key for one request only", async () => {
    const answer = await send({ from: "+18335550150", to: [one], message: "Other words" }, "order-1");
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "ACS_EVENTS_IDEMPOTENCY_KEY_USED" });
  });

  it("refuses who opted out, and numbers of ours, and sends to the others", async () => {
    const from = "+14255550153";
    await app.publish([
      textEvent("stop-by-hand", { from: one, to: from, message: "STOP" }),
      textEvent("ours-by-hand", { from: two, to: "+14255550154", message: "Hello" }),
    ]);
    const answer = await send({ from, to: [one, two, "+14255550154"], message: "News" }, "news");
    const { value } = (await answer.json()) as Answer;
    expect(value).toMatchObject([{ state: "refused" }, { state: "placed" }, { state: "refused" }]);
    expect(value[0]?.reason).toContain("opted out");
    await app.idle();
    expect(app.acs.messages().filter(({ message }) => message === "News")).toMatchObject([{ to: two }]);
  });

  it("sends by name", async () => {
    const answer = await send({ from: "CONTOSO", to: [one], message: "Hello" }, "by-name");
    expect(await answer.json()).toMatchObject({ value: [{ to: one, state: "placed" }] });
    await app.idle();
    expect(app.acs.messages().filter(({ from }) => from === "CONTOSO")).toMatchObject([{ to: one }]);
  });

  it.for<[string, unknown, string | undefined, string, string]>([
    ["no key", { from: ourNumber, to: [one], message: "Hi" }, undefined, "Idempotency-Key", "Idempotency-Key"],
    ["a member too many", { from: ourNumber, to: [one], message: "Hi", tag: "x" }, "bad-1", "tag", "typo"],
    ["no recipient", { from: ourNumber, to: [], message: "Hi" }, "bad-2", "to", "to"],
    [
      "a number without country code",
      { from: ourNumber, to: ["425-555-0151"], message: "Hi" },
      "bad-3",
      "to[0]",
      "country",
    ],
    ["no sender", { from: "?", to: [one], message: "Hi" }, "bad-4", "from", "from"],
    ["too long a text", { from: ourNumber, to: [one], message: "é€".repeat(1025) }, "bad-5", "message", "2050"],
    ["a text without end", { from: ourNumber, to: [one], message: "é€".repeat(100_000) }, "bad-6", "message", "200000"],
    ["nothing to read", { from: ourNumber, to: [one], message: " \u200b " }, "bad-7", "message", "nothing to read"],
    ["half a character", { from: ourNumber, to: [one], message: "Hi \ud83d" }, "bad-8", "message", "half"],
    ["a key of two words", { from: ourNumber, to: [one], message: "Hi" }, "two words", "Idempotency-Key", "no spaces"],
  ])("is 400 with advice for %s, and sends nothing", async ([, body, key, target, advice]) => {
    const before = app.acs.messages().length;
    const answer = await send(body, key);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ target, message: expect.stringContaining(advice) });
    await app.idle();
    expect(app.acs.messages()).toHaveLength(before);
  });
});
