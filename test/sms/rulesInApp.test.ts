import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";
import { writeConfig } from "../support/writeConfig.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

let texts = 0;

/** What is answered to a text of a sender. */
async function answers(from: string, message: string): Promise<string[]> {
  const before = app.acs.messages().length;
  await app.publish([textEvent(`rules-${++texts}`, { from, message })]);
  return app.acs
    .messages()
    .slice(before)
    .map(({ message }) => message);
}

const document = {
  lists: { staff: ["+1 (425) 555-0191"] },
  hours: { never: {}, always: everyDay("00:00-24:00") },
  rules: [
    { name: "staff", from: ["staff"], answer: false },
    { keywords: ["hours"], open: "never", reply: "Open." },
    { keywords: ["hours"], open: "always", reply: "You, {from}, wrote {{{message}}} of {keyword}." },
    { name: "welcome", firstContact: true, reply: "Welcome." },
    { name: "away", keywords: ["menü"], coolDownMinutes: 60, reply: "Later." },
  ],
  fallback: "Thanks.",
};

function everyDay(range: string) {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  return Object.fromEntries(days.map((day) => [day, [range]]));
}

it("answers by lists, hours, first contact, cool-down and placeholders", async () => {
  await writeConfig(app, "auto-replies.json", document);
  expect(await answers("+14255550191", "hours")).toEqual([]);
  expect(await answers("+14255550192", "Which HOURS?")).toEqual(["You, +14255550192, wrote {Which HOURS?} of hours."]);
  expect(await answers("+14255550193", "Hello")).toEqual(["Welcome."]);
  expect(await answers("+14255550193", "The menu")).toEqual(["Later."]);
  expect(await answers("+14255550193", "The menu, please")).toEqual([]);
  expect(await answers("+14255550193", "Bye")).toEqual(["Thanks."]);
});

it("goes by the last valid document also when it starts while the newest is broken", async () => {
  await writeConfig(app, "auto-replies.json", { ...document, fallbck: "Typo." });
  expect(await answers("+14255550194", "Hello")).toEqual(["Welcome."]);
  const problems = (await app.store.problems()).filter(({ partitionKey }) => partitionKey === "configDocument");
  expect(problems).toEqual([expect.objectContaining({ state: "open", advice: expect.stringContaining("fallbck") })]);
});
