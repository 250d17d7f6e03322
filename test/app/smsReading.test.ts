// One conversation, in order of time. The list of them: smsReadingList.test.ts.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replyId } from "../../src/sms/outbox/rows.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { type Item, itemsOf, pagesOf, type Query } from "../support/pages.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const all = (path: string, query?: Query) => itemsOf(app, path, query);
const talk = (theirs: string, ours = ourNumber) => `/api/sms/${ours}/${theirs}`;

/** A text of a while ago, which is too old to be answered. */
const old = (messageId: string, eventTime: string, data: Item) => ({
  ...textEvent(messageId, { receivedTimestamp: eventTime, ...data }),
  eventTime,
});

describe("before any text came", () => {
  it("lists nothing, and knows no conversation", async () => {
    expect(await all("/api/sms")).toEqual([]);
    const unknown = await app.get(talk("+14255550101"));
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      expect.objectContaining({
        code: "ACS_EVENTS_UNKNOWN_CONVERSATION",
        message: expect.stringContaining("/api/sms"),
      }),
    ]);
  });
});

describe("a conversation", () => {
  it("shows a text, the answer to it, and that it was delivered, however often each event comes", async () => {
    const [from, message] = ["+14255550102", "When do you open?"];
    const text = textEvent("first", { from, message });
    await app.publish([text, text]);
    await app.publish([text]);
    const id = replyId(ourNumber, from, "first");
    const [sent] = app.acs.messages().filter(({ to }) => to === from);
    expect(await all(talk(from))).toEqual([
      {
        direction: "in",
        at: "2026-11-20T09:30:00.123Z",
        messageId: "first",
        message,
        answer: expect.objectContaining({ state: "delivered", id }),
      },
      expect.objectContaining({
        direction: "out",
        at: expect.stringMatching(/Z$/),
        id,
        message: sent?.message,
        state: "delivered",
        by: "rule",
        messageId: sent?.messageId,
        sentAt: expect.stringMatching(/Z$/),
        deliveredAt: expect.stringMatching(/Z$/),
        deliveryStatus: "Delivered",
      }),
    ]);
  });

  it("shows a text by hand before anybody texted", async () => {
    const to = "+14255550103";
    const headers = { "idempotency-key": "reading-by-hand" };
    const answer = await app.call("POST", "/api/sms", { from: ourNumber, to: [to], message: "Hello" }, { headers });
    expect(answer.status).toBe(202);
    await app.idle();
    expect(await all(talk(to))).toMatchObject([{ direction: "out", by: "hand", message: "Hello", state: "delivered" }]);
  });

  it("says why a text was not answered, and what ACS refused", async () => {
    const [late, refused] = ["+14255550104", "+99914255551"];
    await app.publish([old("late", "2026-11-01T10:00:00Z", { from: late }), textEvent("refused", { from: refused })]);
    expect(await all(talk(late))).toMatchObject([{ answer: { state: "silent", reason: expect.any(String) } }]);
    expect((await all(talk(late)))[0]?.answer).not.toHaveProperty("id");
    expect(await all(talk(refused))).toMatchObject([
      { direction: "in", answer: { state: "failed" } },
      { direction: "out", state: "failed", reason: expect.any(String) },
    ]);
  });

  it("shows long texts whole", async () => {
    const from = "+14255550105";
    const messages = [
      "é".repeat(998),
      "x".repeat(999),
      `${"x".repeat(999)}😀!`,
      "\u2028\u0000".repeat(700),
      '"'.repeat(1500),
    ];
    await app.publish(
      messages.map((message, hour) => old(`long-${hour}`, `2026-11-02T0${hour}:00:00Z`, { from, message })),
    );
    expect((await all(talk(from))).map(({ message }) => message)).toEqual(messages);
  });

  it("hides no report of a text that was sent past the outbox", async () => {
    const to = "+14255550106";
    const report = { messageId: "elsewhere", from: ourNumber, to, deliveryStatus: "Failed", tag: "campaign" };
    const event = eventGridEvent("SMSDeliveryReportReceived", { ...report, deliveryStatusDetails: "Unknown." });
    await app.publish([{ ...event, id: "report-elsewhere" }]);
    expect(await all(talk(to))).toEqual([
      {
        direction: "report",
        at: "2026-11-20T09:30:00.123Z",
        messageId: "elsewhere",
        deliveryStatus: "Failed",
        deliveryDetails: "Unknown.",
        tag: "campaign",
      },
    ]);
    expect((await all("/api/sms")).map(({ theirNumber }) => theirNumber)).not.toContain(to);
  });

  it("is in order of time, whatever the order of arrival and the size of pages, and keeps to from and to", async () => {
    const from = "+14255550107";
    const minutes = [7, 2, 9, 4, 4, 0, 5];
    for (const [place, minute] of minutes.entries()) {
      await app.publish([old(`m-${place}`, `2026-11-03T10:0${minute}:00.5Z`, { from, message: String(minute) })]);
    }
    const words = async (query: Query) => (await all(talk(from), query)).map(({ message }) => Number(message));
    const first = await all(talk(from), { pageSize: 100 });
    for (const pageSize of [1, 2, 3, 7, 100]) {
      const pages = await pagesOf(app, talk(from), { pageSize });
      expect(pages.flatMap(({ value }) => value)).toEqual(first);
      expect(Math.max(...pages.map(({ value }) => value.length))).toBeLessThanOrEqual(pageSize);
    }
    expect(await words({})).toEqual(minutes.toSorted());
    expect(await words({ from: "2026-11-03T10:04:00.5Z", to: "2026-11-03T10:07:00.5Z" })).toEqual([4, 4, 5, 7]);
    expect(await words({ from: "2026-11-03T10:05:00.501Z" })).toEqual([7, 9]);
    expect(await words({ to: "2026-11-03T10:00:00.499Z" })).toEqual([]);
  });

  it("shows a text whose event has no time before all others", async () => {
    const from = "+14255550109";
    const { eventTime, ...undated } = old("undated", "2026-11-05T10:00:00Z", { from });
    expect(await app.post("sms", [undated, old("dated", "2026-01-05T10:00:00Z", { from })])).toBe(202);
    await app.idle();
    expect(await all(talk(from), { pageSize: 1 })).toMatchObject([{ messageId: "undated" }, { messageId: "dated" }]);
    expect((await all(talk(from)))[0]).not.toHaveProperty("at");
    const listed = await all("/api/sms", { from: eventTime, to: eventTime });
    expect(listed).toEqual([expect.objectContaining({ theirNumber: from, lastAt: "2026-11-05T10:00:00.000Z" })]);
  });

  it("is the same however its numbers are written, and of short codes and names too", async () => {
    await app.publish([
      old("spelt", "2026-11-04T10:00:00Z", { from: "14255550108", to: "18335550108" }),
      old("code", "2026-11-04T10:00:00Z", { from: "22395" }),
      old("name", "2026-11-04T10:00:00Z", { from: "CONTOSO" }),
    ]);
    for (const path of [
      talk("+14255550108", "+18335550108"),
      talk("14255550108", "18335550108"),
      talk("%2B14255550108", "%2B1%20833%20555-0108"),
    ]) {
      expect(await all(path)).toMatchObject([{ messageId: "spelt" }]);
    }
    expect(await all(talk("22395"))).toMatchObject([{ messageId: "code" }]);
    expect(await all(talk("CONTOSO"))).toMatchObject([{ messageId: "name" }]);
  });
});

describe("a wrong question", () => {
  it.for([
    ["/api/sms?from=yesterday", "from"],
    ["/api/sms?to=2026-11-20T09:00:00", "to"],
    ["/api/sms?from=2026-11-20&to=2026-11-19", "from"],
    ["/api/sms?pageSize=0", "pageSize"],
    ["/api/sms?pageSize=101", "pageSize"],
    ["/api/sms?continuationToken=x", "continuationToken"],
    [`${talk("+14255550102")}?pageSize=1e1`, "pageSize"],
    [`${talk("+14255550102")}?from=2026-13-01`, "from"],
    [
      `${talk("+14255550102")}?continuationToken=${Buffer.from("' or 1 eq 1").toString("base64url")}`,
      "continuationToken",
    ],
    [talk("+0142555"), "theirNumber"],
    [talk("+14255550102", "+1%27"), "ourNumber"],
    [talk("x".repeat(41)), "theirNumber"],
  ] as const)("%s is refused, and told what is wrong", async ([path, target]) => {
    const response = await app.get(path);
    expect([response.status, await response.json()]).toEqual([
      400,
      { code: "ACS_EVENTS_BAD_REQUEST", message: expect.any(String), target, details: [] },
    ]);
  });
});
