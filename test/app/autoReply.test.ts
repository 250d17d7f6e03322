import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultAutoReplies } from "../../src/sms/defaultAutoReplies.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";
import { writeConfig } from "../support/writeConfig.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

let texts = 0;

/** What is answered to a text. */
async function answersTo(data: Record<string, unknown>) {
  const before = app.acs.messages().length;
  // Each from somebody else, so that no guard keeps an answer back.
  const from = `+1425555${String(1000 + ++texts)}`;
  await app.publish([textEvent(`text-${texts}`, { from, ...data })]);
  return app.acs.messages().slice(before);
}

const wordsOf = async (message: string) => (await answersTo({ message })).map((answer) => answer.message);

describe("by the default rules", () => {
  const { rules, fallback } = defaultAutoReplies;

  it("answers a keyword, and all else by the fallback, from the number that was texted", async () => {
    const from = "+14255550177";
    expect(await answersTo({ message: "I need HELP!", from })).toEqual([
      expect.objectContaining({ from: ourNumber, to: from, message: rules[0]?.reply }),
    ]);
    expect(await wordsOf("Helpless")).toEqual([fallback]);
  });

  it("takes numbers without + for the same numbers", async () => {
    const [answer] = await answersTo({ from: "14255550178", to: "14255550100" });
    expect(answer).toMatchObject({ from: ourNumber, to: "+14255550178" });
  });

  it("keeps the delivery report of its answer, with the tag of the text", async () => {
    const [answer] = await answersTo({ from: "+14255550179" });
    const [report] = await app.store.archived(answer?.messageId ?? "");
    expect(report?.data).toMatchObject({ deliveryStatus: "Delivered", tag: answer?.tag });
    expect(answer?.tag).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.for(["STOP", " Stop. ", "Unsubscribe", "START", "UNSTOP"])(
    "never answers %j to a toll-free number: the carrier does",
    async (message) => {
      expect(await answersTo({ message, to: "+18335550199" })).toEqual([]);
    },
  );

  it("answers neither a sender that is the recipient, nor a short code, nor a name", async () => {
    expect(await answersTo({ from: ourNumber })).toEqual([]);
    expect(await answersTo({ from: "14255550100" })).toEqual([]);
    expect(await answersTo({ from: "22395" })).toEqual([]);
    expect(await answersTo({ from: "CONTOSO" })).toEqual([]);
  });
});

it("ends a talk between two numbers of ours after one answer", async () => {
  const other = "+18335550101";
  const answers = await answersTo({ from: other, to: "+18335550100", message: "Hello, robot" });
  expect(answers.map(({ from, to }) => ({ from, to }))).toEqual([{ from: "+18335550100", to: other }]);
});

describe("by the rules of the owner", () => {
  const hours = { keywords: ["open", "opening hours"], reply: "We are open from 9 to 5." };

  it("answers by the first rule that fits, and else not at all when there is no fallback", async () => {
    await writeConfig(app, "auto-replies.json", { rules: [hours, { keywords: ["OPEN", "menu"], reply: "Soup." }] });
    expect(await wordsOf("When do you open?")).toEqual([hours.reply]);
    expect(await wordsOf("Your opening hours?")).toEqual([hours.reply]);
    expect(await wordsOf("The menu please")).toEqual(["Soup."]);
    expect(await wordsOf("Something else")).toEqual([]);
  });

  it("answers by the owner's fallback", async () => {
    await writeConfig(app, "auto-replies.json", { rules: [hours], fallback: "Call us." });
    expect(await wordsOf("Something else")).toEqual(["Call us."]);
  });

  it.for([
    ["is not JSON", "{"],
    ["has an unknown member", { rules: [], fallbck: "Call us." }],
  ] as const)("keeps to the last good document while the newest %s, and raises a problem", async ([, document]) => {
    await writeConfig(app, "auto-replies.json", document);
    expect(await wordsOf("Something else")).toEqual(["Call us."]);
    const problems = await app.store.problems();
    expect(problems).toContainEqual(
      expect.objectContaining({ partitionKey: "configDocument", raw: "config/auto-replies.json", state: "open" }),
    );
  });
});
