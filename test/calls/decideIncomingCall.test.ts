import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideIncomingCall } from "../../src/calls/incoming/decideIncomingCall.ts";
import type { IncomingCalls } from "../../src/calls/incoming/incomingCalls.ts";
import { incomingCallsDocument } from "../../src/calls/incoming/loadIncomingCalls.ts";
import { partyOf } from "../../src/calls/incoming/party.ts";
import { ringingCall } from "../../src/calls/incoming/ringingCall.ts";
import { accept } from "../../src/events/accept.ts";
import { is } from "../../src/events/acsEvent.ts";
import { incomingCall } from "../../src/events/incomingCall/incomingCall.ts";
import { parseDocument } from "../../src/rules/parseDocument.ts";
import { alice } from "../fixtures/events/fixture.ts";
import { incomingCallEvent, ourNumber } from "../support/incomingCall.ts";

const kind = await incomingCallsDocument.kind();
const teamsUser = "8:orgid:5b0a1f6e-2c1d-4d8e-9a57-0c3f6b7d1e42";

function call(how: Parameters<typeof incomingCallEvent>[1] = {}) {
  const event = accept(incomingCallEvent("decided", how));
  if (!is(incomingCall, event)) throw new Error("This is no incoming call.");
  return ringingCall(event, new Date(0));
}

function document(content: unknown): IncomingCalls {
  const parsed = parseDocument(kind, JSON.stringify(content));
  if ("findings" in parsed) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}

const findings = (content: unknown) => {
  const parsed = parseDocument(kind, JSON.stringify(content));
  return "findings" in parsed ? parsed.findings.map(({ instancePath, message }) => `${instancePath} ${message}`) : [];
};

/** Whether one rule with these conditions fits. */
const fits = (rule: object, how?: Parameters<typeof call>[0], rest: object = {}) =>
  "action" in decideIncomingCall(document({ ...rest, rules: [{ ...rule, reject: "busy" }] }), call(how));

describe("a rule fits a call", () => {
  const hours = { hours: { office: { monday: ["09:00-17:00"] } }, timeZone: "Europe/Berlin" };
  const [monday, sunday] = [new Date("2026-11-23T09:00:00Z"), new Date("2026-11-22T09:00:00Z")];
  const lists = { lists: { staff: ["+1 (425) 555-0123", teamsUser], desk: [alice] } };
  const headers = {
    sipHeaders: { userToUser: "616d;encoding=hex", "X-MS-Custom-Order": "4711" },
    voipHeaders: { a: "b" },
  };
  const anonymous = { from: { rawId: "4:anonymous", phoneNumber: { value: "anonymous", isAnonymous: true } } };

  it.each<[string, boolean, object, Parameters<typeof call>[0]?, object?]>([
    ["without conditions", true, {}],
    ["to our number, however it is written", true, { to: ["1 833 555-0100"] }],
    ["to another", false, { to: ["+18335550101"] }],
    ["to a raw id", true, { to: [alice] }, { data: { to: { rawId: alice } } }],
    ["to a list with a raw id", true, { to: ["desk"] }, { data: { to: { rawId: alice } } }, lists],
    ["from a number of a list", true, { from: ["staff"] }, {}, lists],
    ["from a Teams user of a list", true, { from: ["staff"] }, { data: { from: { rawId: teamsUser } } }, lists],
    ["from somebody else", false, { from: ["staff"] }, { from: "+14255550124" }, lists],
    ["not from a list", false, { notFrom: ["staff"] }, {}, lists],
    ["not from a list, but from somebody else", true, { notFrom: ["staff"] }, { from: "+14255550124" }, lists],
    ["from a withheld number, which is in no list", false, { from: ["staff"] }, { data: anonymous }, lists],
    ["from a withheld number, which no list excludes", true, { notFrom: ["staff"] }, { data: anonymous }, lists],
    ["of an anonymous caller", true, { callerKind: ["anonymous"] }, { data: anonymous }],
    ["of a phone number", true, { callerKind: ["phoneNumber"] }],
    ["of another kind", false, { callerKind: ["communicationUser", "anonymous"] }],
    ["within hours", true, { open: "office" }, { at: monday }, hours],
    ["outside hours", false, { open: "office" }, { at: sunday }, hours],
    ["when it is closed", true, { closed: "office" }, { at: sunday }, hours],
    [
      "by a SIP header in other letters",
      true,
      { headers: { "x-ms-custom-order": "4711" } },
      { data: { customContext: headers } },
    ],
    [
      "by User-To-User",
      true,
      { headers: { "User-To-User": ["x", "616d;encoding=hex"] } },
      { data: { customContext: headers } },
    ],
    ["by a VoIP header", true, { headers: { A: "b" } }, { data: { customContext: headers } }],
    ["by one of two headers", false, { headers: { A: "b", c: "d" } }, { data: { customContext: headers } }],
    ["by a header with another value", false, { headers: { a: "B" } }, { data: { customContext: headers } }],
    ["by a header that no call has", false, { headers: { a: "b" } }],
  ])("%s: %s", (_what, expected, rule, how, rest) => expect(fits(rule, how, rest)).toBe(expected));

  it.each([
    ["4:+14255550123_2a9f", "phoneNumber", "+14255550123"],
    ["4:14255550123", "phoneNumber", "+14255550123"],
    ["4:anonymous", "anonymous", undefined],
    ["4:anonymous_2a9f", "anonymous", undefined],
    [alice, "communicationUser", alice],
    [teamsUser, "microsoftTeamsUser", teamsUser],
    ["28:orgid:cb1d", "microsoftTeamsApp", "28:orgid:cb1d"],
    ["8:acs:5b0a_1f6e_2c1d", "teamsExtensionUser", "8:acs:5b0a_1f6e_2c1d"],
    ["48:something", "unknown", "48:something"],
  ])("from %s, which is a %s", (rawId, kind, id) => expect(partyOf({ rawId })).toEqual({ id, kind }));
});

describe("the decision", () => {
  const rules = [
    { name: "blocked", from: ["+14255550166"], reject: "forbidden" },
    { name: "vip", from: ["+14255550177"], redirect: { to: "+1 425 555 0188" } },
    { from: ["+14255550178"], redirect: { to: alice } },
    { name: "quiet", from: ["+14255550199"], ignore: true },
    { name: "bot", to: [ourNumber], answer: true },
  ];
  it.each([
    ["+14255550166", { action: { kind: "reject", reason: "forbidden" }, rule: "blocked" }],
    ["+14255550177", { action: { kind: "redirect", to: "+14255550188" }, rule: "vip" }],
    ["+14255550178", { action: { kind: "redirect", to: alice }, rule: "rules/2" }],
    ["+14255550199", { ignored: "its rule says so", rule: "quiet" }],
    ["+14255550123", { action: { kind: "answer" }, rule: "bot" }],
  ])("for %s is that of the first rule that fits", (from, expected) => {
    expect(decideIncomingCall(document({ rules }), call({ from }))).toMatchObject(expected);
  });

  it("is to ignore what no rule fits, and what would ring where it rings", () => {
    const other = call({ to: "+18335550101" });
    expect(decideIncomingCall(document({ rules: rules.slice(-1) }), other)).toMatchObject({ ignored: "no rule fits" });
    const loop = document({ rules: [{ redirect: { to: ourNumber } }] });
    expect(decideIncomingCall(loop, call())).toMatchObject({ ignored: expect.stringContaining("where it rings") });
  });

  it("is that of the first fitting rule, and the trace tells of each, whatever the rules", () => {
    const rule = fc.record({ from: fc.constantFrom<string[]>(["+14255550123"], ["+14255550124"], ["nobody"]) });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (some) => {
        const all = some.map((one, index) => ({ ...one, name: `r${index}`, reject: "busy" }));
        const decision = decideIncomingCall(document({ lists: { nobody: [] }, rules: all }), call());
        const first = all.find(({ from }) => from.includes("+14255550123"));
        expect(decision.rule).toBe(first?.name);
        expect(decision.trace.map(({ rule }) => rule)).toEqual(all.map(({ name }) => name));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a document is refused, with the place,", () => {
  it.each<[string, object, string]>([
    [
      "with two actions",
      { reject: "busy", answer: true },
      "/rules/0 must have one of redirect, reject, answer and ignore",
    ],
    ["with none", { from: ["+14255550123"] }, "/rules/0 must have one of"],
    ["with a misspelt member", { form: [], ignore: true }, "/rules/0 may have no member form"],
    ["with another reason", { reject: "no" }, "/rules/0/reject must be one of none, busy, forbidden"],
    ["with another kind", { callerKind: ["human"], ignore: true }, "/rules/0/callerKind/0 must be one of phoneNumber"],
    ["with hours that nobody wrote", { open: "office", ignore: true }, "/rules/0/open names no hours"],
    ["with a list that nobody wrote", { from: ["staff"], ignore: true }, "/rules/0/from/0 is not a phone number"],
    ["with a target that is a list", { redirect: { to: "staff" } }, "/rules/0/redirect/to is not a phone number"],
    ["with a short code as target", { redirect: { to: "12345" } }, "/rules/0/redirect/to is not"],
    ["with an unknown raw id as target", { redirect: { to: "9:x" } }, "/rules/0/redirect/to is not"],
    [
      "with a target that is the callee",
      { to: [ourNumber], redirect: { to: ourNumber } },
      "/rules/0/redirect/to is also in to",
    ],
  ])("%s", (_what, rule, expected) => {
    expect(findings({ rules: [rule] })).toContainEqual(expect.stringContaining(expected));
  });

  it("with two rules of one name, and hours that never are", () => {
    const twice = { name: "twice", ignore: true };
    expect(findings({ hours: { h: { monday: ["09:00-09:00"] } }, rules: [twice, twice] })).toEqual([
      expect.stringContaining("/hours/h/monday/0 begins when it ends"),
      expect.stringContaining("/rules/1/name is also the name of /rules/0"),
    ]);
  });
});
