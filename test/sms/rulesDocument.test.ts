import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/rules/parseDocument.ts";
import { autoReplies } from "../../src/sms/autoReplies.ts";
import { defaultAutoReplies } from "../../src/sms/defaultAutoReplies.ts";
import { autoRepliesDocument } from "../../src/sms/loadAutoReplies.ts";
import { readText } from "../support/repository.ts";

const kind = await autoRepliesDocument.kind();
const parse = (document: unknown) =>
  parseDocument(kind, typeof document === "string" ? document : JSON.stringify(document));

/** What is wrong with a document, as `pointer message`. */
function findings(document: unknown): string[] {
  const parsed = parse(document);
  return "value" in parsed ? [] : parsed.findings.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const rule = (more: object) => ({ rules: [{ reply: "Yes.", ...more }] });

describe("auto-replies.json", () => {
  it.each([
    ["the built-in one", defaultAutoReplies],
    [
      "of before",
      { $schema: "x", rules: [{ keywords: ["hours", "open"], reply: "9 to 5" }], fallback: "We call you." },
    ],
    ["silent", { rules: [] }],
    ["with a byte order mark", '\ufeff{"rules":[]}'],
    ["with an emoji and a flag for keywords", rule({ keywords: ["🕘", "🇩🇪", "1️⃣", "営業時間"] })],
    ["with placeholders and braces", rule({ reply: "{{{from}}} {to}\n{message} {time} {keyword}" })],
    [
      "with everything",
      {
        timeZone: "Europe/Berlin",
        hours: {
          "head office": { timeZone: "UTC", monday: ["09:00-17:00", "22:00-02:00"], holidays: ["2026-12-24", "12-25"] },
        },
        lists: { staff: ["+14255550150", "22395"], Kundschaft_ü: [] },
        rules: [
          { name: "quiet", from: ["staff", "+14255550151"], answer: false },
          {
            ...{ name: "office hours", to: ["+18335550100"], notFrom: ["staff"], keywords: ["open"], match: "start" },
            ...{ open: "head office", firstContact: true, coolDownMinutes: 0.5, reply: "Open" },
          },
          { closed: "head office", reply: "Closed" },
        ],
        optOut: { stopReply: "Bye {", startReply: "Hello", helpReply: "Call us" },
      },
    ],
  ])("is valid: %s", (_, document) => {
    expect(findings(document)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ["an unknown member", { rules: [], fallbck: "x" }, " may have no member fallbck"],
    ["an unknown member of a rule", rule({ keyword: ["x"] }), "/rules/0 may have no member keyword"],
    ["a number for a name", { rules: [], lists: { "+14255550123": [] } }, "/lists may have no member of such a name"],
    ["neither reply nor silence", { rules: [{ keywords: ["x"] }] }, "/rules/0 must have either reply or answer: false"],
    ["both", rule({ answer: false }), "/rules/0 must have either reply or answer: false"],
    ["a misspelt placeholder", rule({ reply: "{form}" }), "/rules/0/reply has a brace that is no placeholder"],
    ["a lonely brace", { rules: [], fallback: "a } b" }, "/fallback has a brace that is no placeholder"],
    ["a keyword of nothing", rule({ keywords: ["?"] }), "/rules/0/keywords/0 has neither a letter"],
    ["a keyword of nothing that counts", rule({ keywords: ["ـ"] }), "/rules/0/keywords/0 has neither a letter"],
    ["no such hours", rule({ open: "office" }), "/rules/0/open names no hours"],
    [
      "no such hours, though every object has it",
      { ...rule({ closed: "constructor" }), hours: {} },
      "/rules/0/closed names no hours",
    ],
    ["no such list", rule({ from: ["staff"] }), "/rules/0/from/0 is not a phone number"],
    ["no number", rule({ to: ["+18335550100", "+1"] }), "/rules/0/to/1 is not a phone number"],
    ["no number in a list", { rules: [], lists: { a: ["b"] } }, "/lists/a/0 is not a phone number"],
    ["an impossible clock", { rules: [], hours: { a: { monday: ["9-17"] } } }, "/hours/a/monday/0 is no range such as"],
    ["an impossible day", { rules: [], hours: { a: { holidays: ["02-30"] } } }, "/hours/a/holidays/0 is no date"],
    ["no time zone", { rules: [], timeZone: "CEST time" }, "/timeZone is no IANA time zone"],
    ["match without keywords", rule({ match: "start" }), "/rules/0/match says nothing without keywords"],
    [
      "two rules of a name",
      {
        rules: [
          { name: "a", reply: "x" },
          { name: "a", reply: "y" },
        ],
      },
      "/rules/1/name is also the name of /rules/0",
    ],
    ["a rule called fallback", rule({ name: "fallback" }), "/rules/0/name is what the fallback is called"],
    ["a rule named like a place", rule({ name: "rules/7" }), "/rules/0/name is no name"],
    [
      "a reply too long",
      rule({ reply: `{message}${"x".repeat(2049)}` }),
      "/rules/0/reply has 2049 characters (14 segments in GSM-7); 2048 characters are allowed",
    ],
    [
      "an opt-out text too long",
      { rules: [], optOut: { stopReply: "я".repeat(2049) } },
      "/optOut/stopReply has 2049 characters (31 segments in UCS-2)",
    ],
    ["no rules", {}, " must have required property 'rules'"],
    ["no JSON", '{"rules":\n [] []}', " is not JSON (line 2 column 5)"],
  ])("is refused for %s", (_, document, finding) => {
    expect(findings(document)).toEqual([expect.stringContaining(finding)]);
  });

  it("takes a reply of the greatest length, braces and placeholders not counted", () => {
    expect(findings(rule({ reply: `{{{from}${"x".repeat(2047)}` }))).toEqual([]);
  });

  it("is not quoted where it may hold what is personal", () => {
    const document = { rules: [{ from: ["+1425555"], reply: "x" }], lists: { "+14255550123": ["+14"] } };
    expect(findings(document).join()).not.toMatch(/\d{3}/);
    expect(findings("{ +14255550123 }").join()).not.toContain("4255550123");
    expect(findings({ rules: [{ from: ["+1425555"], reply: "x" }] }).join()).not.toContain("1425555");
  });

  it("has a schema that describes every member", () => {
    interface Schema {
      description?: string;
      properties?: Record<string, Schema>;
      items?: Schema;
      patternProperties?: Record<string, Schema>;
    }
    const undescribed: string[] = [];
    const seen: string[] = [];
    function walk({ properties = {}, items, patternProperties = {} }: Schema, path: string): void {
      for (const [name, member] of Object.entries(properties)) {
        seen.push(name);
        if (!member.description) undescribed.push(`${path}/${name}`);
        walk(member, `${path}/${name}`);
      }
      for (const inner of [items, ...Object.values(patternProperties)]) if (inner) walk(inner, path);
    }
    walk(JSON.parse(readText("docs/schemas/auto-replies.schema.json")), "");
    expect(undescribed).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining(["rules", "keywords", "monday", "holidays", "stopReply"]));
  });

  it("is valid as its documentation has it, which tells of every member of a rule", () => {
    const page = readText("docs/autoReplies.md");
    const [, example = ""] = /```json\n([^`]+)```/.exec(page) ?? [];
    expect(parse(example)).toHaveProperty("value.fallback");
    const members = Object.keys(autoReplies.properties.rules.items.properties);
    expect(members.filter((member) => !page.includes(`| \`${member}\` |`))).toEqual([]);
  });
});
