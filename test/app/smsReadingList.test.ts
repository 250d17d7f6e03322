// The list of conversations. One conversation: smsReading.test.ts.
import { TableClient } from "@azure/data-tables";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newestFirst } from "../../src/storage/newestFirst.ts";
import { type Item, itemsOf, pagesOf, type Query } from "../support/pages.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const all = (path: string, query?: Query) => itemsOf(app, path, query);

/** A text of a while ago, which is too old to be answered. */
const old = (messageId: string, eventTime: string, data: Item) => ({
  ...textEvent(messageId, { receivedTimestamp: eventTime, ...data }),
  eventTime,
});

describe("the list", () => {
  const year = { from: "2025-01-01", to: "2025-12-31" };
  const theirs = (item: Item) => String(item.theirNumber).slice(-4);

  beforeAll(async () => {
    const at = (number: string, eventTime: string, message = "Hello", to = ourNumber) =>
      old(`${number}-${eventTime}`, eventTime, { from: `+1425555${number}`, to, message });
    await app.publish([
      at("0121", "2025-03-01T10:00:00Z"),
      at("0121", "2025-06-30T23:59:59.999Z"),
      at("0122", "2025-06-30T23:59:59.998Z", "x".repeat(500)),
      at("0123", "2025-07-01T00:00:00Z", `${"x".repeat(159)}😀`),
      at("0124", "2025-02-01T10:00:00.1234567Z", "sooner"),
      at("0124", "2025-02-01T10:00:00.1239999Z", "later"),
      at("0125", "2025-09-01T10:00:00Z", "to another", "+18335550125"),
      at("0125", "2025-08-01T10:00:00Z"),
    ]);
    // A late delivery moves nobody back.
    await app.publish([at("0123", "2025-01-15T10:00:00Z")]);
  });

  it("has each conversation once, newest first, whatever the size of pages", async () => {
    for (const pageSize of [1, 2, 3, 100]) {
      const pages = await pagesOf(app, "/api/sms", { ...year, pageSize });
      const items = pages.flatMap(({ value }) => value);
      expect(items.map(theirs)).toEqual(["0125", "0125", "0123", "0121", "0122", "0124"]);
      expect(Math.max(...pages.map(({ value }) => value.length))).toBeLessThanOrEqual(pageSize);
    }
  });

  it("shows the last text of each, and leads to all of it", async () => {
    const items = await all("/api/sms", year);
    expect(items[0]).toEqual({
      ourNumber: "+18335550125",
      theirNumber: "+14255550125",
      lastAt: "2025-09-01T10:00:00.000Z",
      lastDirection: "in",
      lastMessage: "to another",
      link: "/api/sms/%2B18335550125/%2B14255550125",
    });
    expect(items.map(({ lastMessage }) => String(lastMessage).length)).toEqual([10, 5, 159, 5, 160, 5]);
    expect(items.at(-1)).toMatchObject({ lastAt: "2025-02-01T10:00:00.123Z", lastMessage: "later" });
    for (const { link, lastAt } of items) expect((await all(String(link))).at(-1)).toMatchObject({ at: lastAt });
  });

  it("goes by the last text of a conversation, also with from and to", async () => {
    const between = async (from: string, to: string) => (await all("/api/sms", { from, to })).map(theirs);
    expect(await between("2025-06-30T23:59:59.999Z", "2025-07-01T00:00:00Z")).toEqual(["0123", "0121"]);
    expect(await between("2025-01-01", "2025-01-31")).toEqual([]);
    expect(await between("2025-03-01", "2025-03-31")).toEqual([]);
  });

  it("shows the answer when that came last", async () => {
    const from = "+14255550126";
    await app.publish([textEvent("answered", { from, message: "When do you open?" })]);
    const [sent] = app.acs.messages().filter(({ to }) => to === from);
    const [first] = await all("/api/sms");
    expect(first).toMatchObject({ theirNumber: from, lastDirection: "out", lastMessage: sent?.message });
  });

  it("has a text that ACS received long before it told of it", async () => {
    const from = "+14255550128";
    const text = old("told-late", "2024-01-02T00:00:01Z", { from, receivedTimestamp: "2024-01-01T23:59:59Z" });
    await app.publish([text]);
    expect(await all("/api/sms", { from: "2024-01-01", to: "2024-01-31" })).toMatchObject([
      { theirNumber: from, lastAt: "2024-01-02T00:00:01.000Z", lastMessage: "When do you open?" },
    ]);
  });

  it("is bounded in what one call looks at", async () => {
    const timeline = TableClient.fromConnectionString(app.addresses.storageConnectionString, "timeline", {
      allowInsecureConnection: true,
    });
    const known = { ourNumber, theirNumber: "+14255550127", conversation: `sms:${ourNumber}:+14255550127` };
    const from = "2024-05-01T00:00:00Z";
    for (let begin = 0; begin < 600; begin += 100) {
      const rows = Array.from({ length: 100 }, (_, n) => ({
        partitionKey: "conversations:2024-05",
        rowKey: `${newestFirst(Date.parse(from) + begin + n)}_${"a".repeat(64)}`,
        ...known,
      }));
      await timeline.submitTransaction(rows.map((row) => ["create", row]));
    }
    await app.publish([old("busy", "2024-05-02T00:00:00Z", { from: known.theirNumber })]);
    const pages = await pagesOf(app, "/api/sms", { from, to: "2024-05-31" });
    expect(pages.map(({ value }) => value.map(theirs))).toEqual([["0127"], []]);
  });
});
