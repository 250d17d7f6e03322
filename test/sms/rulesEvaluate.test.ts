import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AutoReplies } from "../../src/sms/autoReplies.ts";
import { evaluateRules, type Facts, needsFirstContact } from "../../src/sms/deciding/evaluateRules.ts";
import { renderReply } from "../../src/sms/deciding/renderReply.ts";
import { defaultAutoReplies } from "../../src/sms/defaultAutoReplies.ts";
import type { Text } from "../../src/sms/text.ts";

const text: Text = {
  messageId: "m",
  from: "+14255550123",
  to: "+18335550100",
  message: "Opening hours?",
  receivedAt: new Date("2026-12-25T10:00:30Z"),
};
const facts: Facts = { firstContact: false, coolingDown: () => false };
const evaluate = (document: AutoReplies, more: Partial<Text> = {}, known: Partial<Facts> = {}) =>
  evaluateRules(document, { ...text, ...more }, { ...facts, ...known });
const reply = "Yes.";

describe("a rule", () => {
  it("that fits first answers; the fallback answers what none fits", () => {
    const document = {
      rules: [{ keywords: ["menu"], reply: "Soup." }, { keywords: ["hours"], reply }, { reply: "All" }],
    };
    expect(evaluate(document)).toMatchObject({ outcome: "reply", reply, rule: "rules/1", coolDownMs: 0 });
    expect(evaluate(document, { message: "?" })).toMatchObject({ reply: "All", rule: "rules/2" });
    expect(evaluate(defaultAutoReplies)).toMatchObject({ reply: defaultAutoReplies.fallback, rule: "fallback" });
    expect(evaluate({ rules: [] })).toEqual({ outcome: "silence", reason: "no rule fits", trace: [] });
  });

  it.each<[string, AutoReplies["rules"][number], Partial<Text>, Partial<Facts>]>([
    ["to", { to: ["+1 833 555 0100"] }, { to: "+18335550101" }, {}],
    ["from", { from: ["friends"] }, { from: "+14255550199" }, {}],
    ["notFrom", { notFrom: ["22395", "enemies"] }, { from: "+14255550166" }, {}],
    ["keywords", { keywords: ["menu", "opening hours"] }, { message: "hours of opening" }, {}],
    ["match message", { keywords: ["opening hours"], match: "message" }, { message: "opening hours please" }, {}],
    ["match start", { keywords: ["open"], match: "start" }, { message: "are you opening" }, {}],
    ["open", { open: "office" }, { receivedAt: new Date("2026-12-25T17:00Z") }, {}],
    ["closed", { closed: "night" }, { receivedAt: new Date("2026-12-25T03:00Z") }, {}],
    ["firstContact", { firstContact: true }, {}, { firstContact: false }],
  ])("with %s fits only where that holds", (_, rule, other, unknown) => {
    const document: AutoReplies = {
      lists: { friends: ["14255550123"], enemies: ["+14255550166"] },
      hours: { office: { friday: ["09:00-17:00"] }, night: { friday: ["00:00-06:00"] } },
      rules: [{ ...rule, reply }],
    };
    expect(evaluate(document, {}, { firstContact: true })).toMatchObject({ outcome: "reply", reply });
    expect(evaluate(document, other, { firstContact: true, ...unknown })).toMatchObject({ outcome: "silence" });
  });

  it("needs all of its conditions", () => {
    const document: AutoReplies = { rules: [{ keywords: ["hours"], to: ["+18335550101"], reply }] };
    expect(evaluate(document)).toMatchObject({ outcome: "silence", reason: "no rule fits" });
    expect(evaluate(document, { to: "+18335550101" })).toMatchObject({ outcome: "reply" });
  });

  it("may say not to answer, which no later rule and no fallback mends", () => {
    const document: AutoReplies = {
      rules: [{ name: "quiet", keywords: ["hours"], answer: false }, { reply }],
      fallback: reply,
    };
    expect(evaluate(document)).toMatchObject({
      outcome: "silence",
      reason: "its rule says not to answer",
      rule: "quiet",
    });
  });

  it("that cools down for a sender is silent; the next rule does not step in", () => {
    const document: AutoReplies = { rules: [{ name: "slow", coolDownMinutes: 1.5, reply }, { reply: "Next" }] };
    const asked: unknown[] = [];
    const coolingDown = (...rule: unknown[]) => asked.push(rule) > 0;
    expect(evaluate(document)).toMatchObject({ outcome: "reply", rule: "slow", coolDownMs: 90_000 });
    expect(evaluate(document, {}, { coolingDown })).toMatchObject({
      outcome: "silence",
      reason: "its rule is cooling down",
      rule: "slow",
    });
    expect(asked).toEqual([["slow", 90_000]]);
    expect(evaluate({ rules: [{ reply }] }, {}, { coolingDown })).toMatchObject({ outcome: "reply" });
  });

  it("whose reply comes out empty or too long is silent", () => {
    expect(evaluate({ rules: [{ reply: "{keyword}" }] })).toMatchObject({
      outcome: "silence",
      reason: "the reply would be empty",
      rule: "rules/0",
    });
    const reason = "the reply would have 2049 characters; 2048 are allowed";
    const long = `${"x".repeat(2049 - 160)}{message}`;
    expect(evaluate({ rules: [{ reply: long }] }, { message: "y".repeat(500) })).toMatchObject({
      outcome: "silence",
      reason,
    });
    expect(evaluate({ rules: [], fallback: long.slice(1) }, { message: "y".repeat(500) })).toMatchObject({
      outcome: "reply",
    });
  });

  it("is known to ask for the first contact", () => {
    expect(needsFirstContact({ rules: [{ reply }, { firstContact: true, reply }] })).toBe(true);
    expect(needsFirstContact({ rules: [{ reply }] })).toBe(false);
  });
});

it("traces every rule, and gives a reason without number or word of the text", () => {
  const document: AutoReplies = {
    rules: [{ name: "vip", from: ["22395"], reply }, { keywords: ["hours"], answer: false }, { reply }],
    fallback: reply,
  };
  const evaluation = evaluate(document);
  expect(evaluation.trace).toEqual([
    { rule: "vip", fits: false, why: "from: not +14255550123" },
    { rule: "rules/1", fits: true, why: 'keyword "hours" (word)' },
    { rule: "rules/2", fits: true, why: "it has no conditions; but rules/1 comes first" },
    { rule: "fallback", fits: false, why: "rules/1 fits" },
  ]);
  expect(evaluation.outcome === "silence" && evaluation.reason).not.toMatch(/\d|hours/i);
});

describe("a reply", () => {
  const render = (template: string, more: Partial<Text> = {}, keyword?: string) =>
    renderReply(template, { ...text, ...more }, "Europe/Berlin", keyword);

  it("has its placeholders filled in", () => {
    expect(render("{from}>{to} {time}: {message} ({keyword})", {}, "Hours")).toBe(
      "+14255550123>+18335550100 2026-12-25 11:00: Opening hours? (Hours)",
    );
    expect(render("{{from}} {{{from}}} {{}}")).toBe("{from} {+14255550123} {}");
  });

  it("never expands what a sender wrote", () => {
    expect(render("{message}{keyword}", { message: "{from} {{to}} $& $1 {time}" })).toBe("{from} {{to}} $& $1 {time}");
  });

  it("puts values on one line, in one direction", () => {
    expect(render("<{message}>", { message: " a\r\nb\u0000\u2028c\t\u202ed \ud83d " })).toBe("<a b c d \ufffd>");
  });

  it("cuts long values between what people see as characters", () => {
    expect(render("{message}", { message: `${"x".repeat(157)}👨‍👩‍👧y` })).toBe("x".repeat(157));
    expect(render("{message}", { message: `a${"\u0301".repeat(1000)}` })).toBe("");
  });

  it("is at most as long as its own text and 160 a value, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (message) => {
        const rendered = render("<{message}|{message}>", { message });
        expect(rendered.length).toBeLessThanOrEqual(323);
        expect(rendered.isWellFormed() && !/\p{Cc}/u.test(rendered)).toBe(true);
        const [one, two] = [
          rendered.slice(1, (rendered.length - 1) / 2),
          rendered.slice((rendered.length + 1) / 2, -1),
        ];
        expect(one).toBe(two);
      }),
    );
  });
});
