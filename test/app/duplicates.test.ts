import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, pascalCaseText, textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

it("answers a text once, however often Event Grid delivers it, at once and in batches", async () => {
  const event = textEvent("two-hundred");
  await app.eventGrid.publish([event], { duplicates: 100, batch: 1, parallel: true });
  await app.publish([event], { duplicates: 100, batch: 25, parallel: true });

  expect(await app.store.archived("two-hundred")).toEqual([event]);
  const rows = (await app.store.rows("timeline")).filter(({ blob }) => String(blob).includes("two-hundred"));
  expect(rows.map(({ partitionKey }) => partitionKey.replace(/^arrived:.*/, "arrived")).sort()).toEqual([
    "arrived",
    "person:+14255550123",
    `sms:${ourNumber}:+14255550123`,
  ]);
  expect(app.acs.messages()).toHaveLength(1);
});

it("answers a text once that comes in both of its shapes, under ids of their own", async () => {
  const before = app.acs.messages().length;
  const from = "+14255550124";
  const shapes = [textEvent("two-shapes", { from }, "camel"), pascalCaseText("two-shapes", "pascal", { from })];
  await app.publish(shapes, { duplicates: 10, batch: 1, parallel: true, shuffle: true });
  expect(await app.store.archived("camel")).toHaveLength(1);
  expect(await app.store.archived("pascal")).toHaveLength(1);
  expect(app.acs.messages()).toHaveLength(before + 1);
});

it("answers once when a second delivery comes after the first was done", async () => {
  const before = app.acs.messages().length;
  const from = "+14255550125";
  await app.publish([textEvent("late", { from })]);
  await app.publish([textEvent("late", { from }), pascalCaseText("late", "late-pascal", { from })]);
  expect(app.acs.messages()).toHaveLength(before + 1);
});

it("answers each of two people who send the same words", async () => {
  const before = app.acs.messages().length;
  await app.publish(["+14255550126", "+14255550127"].map((from) => textEvent(`same-${from}`, { from })));
  expect(app.acs.messages()).toHaveLength(before + 2);
});
