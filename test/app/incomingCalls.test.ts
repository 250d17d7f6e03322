// Calls that ring, through the built app and the real Call Automation client; the simulator checks each request's signature.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postEvents } from "../../dev/stack/postEvents.ts";
import { alice } from "../fixtures/events/fixture.ts";
import { callActions, callRow, contextOf, incomingCallEvent, serverCallIdOf } from "../support/incomingCall.ts";
import { type App, startApp } from "../support/startApp.ts";
import { writeConfig } from "../support/writeConfig.ts";

const rules = [
  { name: "number", from: ["+14255550101"], redirect: { to: "+14255550188" } },
  { name: "user", from: ["+14255550102"], redirect: { to: alice } },
  { name: "busy", from: ["+14255550103"], reject: "busy" },
  { name: "bot", from: ["+14255550104"], answer: true },
];
const from = { number: "+14255550101", user: "+14255550102", busy: "+14255550103", bot: "+14255550104" };

let app: App;
const lines: string[] = [];
beforeAll(async () => {
  app = await startApp({}, { instances: 2, log: (line) => lines.push(line) });
});
afterAll(() => app?.close());

const problemsOf = async (call: string) => {
  const event = (await callRow(app, call))?.event;
  return (await app.store.problems()).filter(({ raw }) => raw === event);
};

const isOpen = async (call: string) =>
  (await app.store.ledger("open:incomingCall", (await callRow(app, call))?.rowKey)).length === 1;

describe("without valid rules a call is ignored, and that is recorded:", () => {
  it("without a document", async () => {
    await app.publish([incomingCallEvent("no-document")]);
    expect(await callRow(app, "no-document")).toMatchObject({ state: "ignored", reason: "no rule fits" });
  });

  it("with a broken one, which is a problem", async () => {
    await writeConfig(app, "incoming-calls.json", { rules: [{ reject: "no" }] });
    await app.publish([incomingCallEvent("broken")]);
    expect(await callRow(app, "broken")).toMatchObject({
      state: "ignored",
      reason: expect.stringMatching(/not valid/),
    });
    expect(await app.store.problems()).toMatchObject([
      { partitionKey: "configDocument", advice: expect.stringContaining("/rules/0/reject") },
    ]);
    expect(await callActions(app)).toEqual([]);
  });
});

describe("with rules", () => {
  beforeAll(() => writeConfig(app, "incoming-calls.json", { rules }));

  it("a call is redirected to a number", async () => {
    await app.publish([incomingCallEvent("number", { from: from.number })]);
    const target = { kind: "phoneNumber", phoneNumber: { value: "+14255550188" } };
    expect(await callActions(app, "number")).toMatchObject([{ action: "redirect", request: { target } }]);
    const serverCallId = serverCallIdOf("number");
    expect(await callRow(app, "number")).toMatchObject({ state: "redirected", rule: "number", serverCallId });
  });

  it("a call is redirected to a user", async () => {
    await app.publish([incomingCallEvent("user", { from: from.user })]);
    const target = { kind: "communicationUser", communicationUser: { id: alice } };
    expect(await callActions(app, "user")).toMatchObject([{ action: "redirect", request: { target } }]);
  });

  it("a call is rejected with its reason", async () => {
    await app.publish([incomingCallEvent("busy", { from: from.busy })]);
    expect(await callActions(app, "busy")).toMatchObject([{ action: "reject", request: { callRejectReason: "busy" } }]);
    expect(await callRow(app, "busy")).toMatchObject({ state: "rejected" });
    const record = await (await app.get(`/api/calls/${serverCallIdOf("busy")}`)).json();
    expect(record).toMatchObject({ incoming: [{ decision: { state: "rejected", rule: "busy" } }] });
  });

  it("a call is answered with the app's callback, and what ACS then tells of it is kept under the call", async () => {
    await app.publish([incomingCallEvent("bot", { from: from.bot })]);
    const callbackUri = `${app.addresses.host}/api/callbacks/calls`;
    expect(await callActions(app, "bot")).toMatchObject([{ action: "answer", request: { callbackUri } }]);
    expect(await callRow(app, "bot")).toMatchObject({
      state: "answered",
      callConnectionId: expect.stringMatching(/./),
    });
    const timeline = await app.store.timeline(`call:${serverCallIdOf("bot")}`);
    expect(timeline.map(({ type }) => type).sort()).toEqual(["CallConnected", "IncomingCall"]);
  });

  it("a call that no rule fits rings on", async () => {
    await app.publish([incomingCallEvent("nobody")]);
    expect(await callActions(app, "nobody")).toEqual([]);
    expect(await callRow(app, "nobody")).toMatchObject({ state: "ignored", action: "" });
  });

  it("200 deliveries of one call, at once and one by one, to two instances, are one action", async () => {
    const event = incomingCallEvent("often", { from: from.number });
    const urls = app.hosts.map((host) => host.webhookUrl("incomingCallEvents"));
    const post = (number: number) => postEvents(urls[number % 2] ?? "", [event]);
    const atOnce = await Promise.all(Array.from({ length: 150 }, (_, number) => post(number)));
    const after: number[] = [];
    for (let number = 0; number < 50; number++) after.push(await post(number));
    expect(new Set([...atOnce, ...after])).toEqual(new Set([202]));
    await app.idle();
    expect(await callActions(app, "often")).toHaveLength(1);
    expect(await callRow(app, "often")).toMatchObject({ state: "redirected", attempts: 0 });
  });

  it("one call under two ids of events is one action", async () => {
    const events = ["a", "b"].map((id) => incomingCallEvent("two-ids", { from: from.number, id }));
    await app.publish(events);
    expect(await callActions(app, "two-ids")).toHaveLength(1);
  });

  it.each([
    ["31 seconds old", 31_000],
    ["of a year ago", 365 * 86_400_000],
  ])("a call %s is only recorded, and its record says so", async (call, age) => {
    await app.publish([incomingCallEvent(call, { from: from.number, at: new Date(Date.now() - age) })]);
    expect(await callActions(app, call)).toEqual([]);
    const late = { state: "late", reason: "its event came when it rang no more" };
    expect(await callRow(app, call)).toMatchObject(late);
    const record = await (await app.get(`/api/calls/${serverCallIdOf(call)}`)).json();
    expect(record).toMatchObject({ incoming: [{ decision: late }] });
    expect(await problemsOf(call)).toEqual([]);
  });

  it("a call of a clock that goes wrong by years rings from when its event comes", async () => {
    await app.publish([incomingCallEvent("future", { from: from.number, at: new Date("2099-01-01") })]);
    expect(await callActions(app, "future")).toHaveLength(1);
  });

  it("a call without a time is only recorded", async () => {
    await app.post("incomingCall", [{ ...incomingCallEvent("undated", { from: from.number }), eventTime: null }]);
    expect(await callRow(app, "undated")).toMatchObject({ state: "late", reason: "its event has no time" });
  });

  it.each(["404", "403", "410"] as const)(
    "what ACS refuses with %s is recorded, raised, and not tried again",
    async (fault) => {
      await app.fault({ kind: "call", fault });
      await app.publish([incomingCallEvent(fault, { from: from.number, id: `refused-${fault}` })]);
      expect(await callActions(app, fault)).toEqual([]);
      const reason = expect.stringContaining(`ACS answered ${fault}`);
      expect(await callRow(app, fault)).toMatchObject({ state: "failed", reason });
      expect(await problemsOf(fault)).toMatchObject([
        {
          partitionKey: "incomingCallFailed",
          state: "open",
          cause: "An incoming call was to be redirected, and ACS did not confirm it",
          advice: reason,
        },
      ]);
      expect((await callRow(app, fault))?.reason).not.toContain("acted");
      expect(await app.store.archived(`refused-${fault}`)).toHaveLength(1);
    },
  );

  it("while ACS has trouble, Event Grid delivers again; the event is archived at once", async () => {
    // The SDK tries three times in each delivery.
    await app.fault({ kind: "call", fault: "503", times: 4 });
    const event = incomingCallEvent("trouble", { from: from.number, id: "trouble" });
    expect(await app.post("incomingCall", [event])).toBe(500);
    expect(await app.store.archived("trouble")).toHaveLength(1);
    expect(await callRow(app, "trouble")).toMatchObject({
      state: "claimed",
      attempts: 1,
      reason: expect.stringMatching(/503.*may have acted/),
    });
    expect(await isOpen("trouble")).toBe(true);
    await app.publish([event]);
    expect(await callActions(app, "trouble")).toHaveLength(1);
    expect(await callRow(app, "trouble")).toMatchObject({ state: "redirected", attempts: 1, reason: "" });
    expect(await isOpen("trouble")).toBe(false);
    expect(await problemsOf("trouble")).toEqual([]);
  });

  it("what ACS carried out before the connection broke is carried out once", async () => {
    await app.fault({ kind: "call", fault: "acceptThenCut" });
    await app.publish([incomingCallEvent("cut", { from: from.number })]);
    expect(await callActions(app, "cut")).toHaveLength(1);
    expect(await callRow(app, "cut")).toMatchObject({ state: "redirected" });
  });

  it.each(["truncated", "empty"] as const)("an answer of ACS that is %s is asked for again", async (fault) => {
    await app.fault({ kind: "call", fault });
    const event = incomingCallEvent(fault, { from: from.bot });
    expect(await app.post("incomingCall", [event])).toBe(500);
    await app.publish([event]);
    expect(await callActions(app, fault)).toHaveLength(1);
    const callConnectionId = expect.stringMatching(/./);
    expect(await callRow(app, fault)).toMatchObject({ state: "answered", attempts: 1, callConnectionId });
  });

  it("a call that was taken on and rings no more failed, and nothing is asked of ACS again", async () => {
    await app.fault({ kind: "call", fault: "503", times: 3 });
    const event = incomingCallEvent("too-late", { from: from.number });
    expect(await app.post("incomingCall", [event])).toBe(500);
    await app.moveClock(31_000);
    await app.publish([event]);
    await app.moveClock(0);
    expect(await callActions(app, "too-late")).toEqual([]);
    expect(await callRow(app, "too-late")).toMatchObject({
      state: "failed",
      reason: expect.stringMatching(/503.*later try/),
    });
    expect(await problemsOf("too-late")).toMatchObject([{ state: "open" }]);
  });
});

it("no context of a call is in a table, a log, an answer, or a blob but its event", async () => {
  const calls = ["number", "bot", "often", "404", "trouble", "too-late"];
  const paths = ["", ...calls.map((call) => `/${serverCallIdOf(call)}`)];
  const answers = await Promise.all(paths.map(async (path) => (await app.get(`/api/calls${path}`)).text()));
  const tables = await Promise.all(["timeline", "ledger", "problems"].map((name) => app.store.rows(name)));
  const names = await Promise.all(["events", "config", "recordings"].map((name) => app.store.names(name)));
  const written = JSON.stringify([tables, lines, names]) + answers.join();
  expect(answers[1]).toContain("redirected");
  expect(calls.map(contextOf).filter((context) => written.includes(context))).toEqual([]);
  expect(lines.filter((line) => line.includes("+1425555"))).toEqual([]);
});

it.each([
  ["INCOMING_CALLS is no on or off", { INCOMING_CALLS: "perhaps" }, "INCOMING_CALLS"],
  ["ACS cannot reach the app", { PUBLIC_BASE_URL: "" }, "PUBLIC_BASE_URL"],
  ["there is no ACS", { ACS_CONNECTION_STRING: "" }, "ACS_CONNECTION_STRING"],
])("a call is not answered while %s: that is a problem, and not tried again", async (_what, settings, named) => {
  const other = await startApp(settings);
  try {
    await writeConfig(other, "incoming-calls.json", { rules });
    expect(await other.post("incomingCall", [incomingCallEvent("set-wrong", { from: from.bot })])).toBe(202);
    const reason = expect.stringContaining(named);
    expect(await callRow(other, "set-wrong")).toMatchObject({ state: "failed", reason });
    expect(await other.store.problems()).toMatchObject([{ partitionKey: "incomingCallFailed", advice: reason }]);
  } finally {
    await other.close();
  }
});

it("nothing is done, and nothing recorded, with INCOMING_CALLS=off", async () => {
  const off = await startApp({ INCOMING_CALLS: "off" });
  try {
    await writeConfig(off, "incoming-calls.json", { rules });
    await off.publish([incomingCallEvent("off", { from: from.number, id: "off" })]);
    expect(await callActions(off)).toEqual([]);
    expect(await off.store.ledger("incomingCall")).toEqual([]);
    expect(await off.store.archived("off")).toHaveLength(1);
  } finally {
    await off.close();
  }
});
