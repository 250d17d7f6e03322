// STOP and START as people text them, and the owner's own word, through the doors of the built app.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  app = await startApp({ AUTO_REPLY: "off" });
});
afterAll(() => app?.close());

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 9, 30, second)).toISOString();
const said = (id: string, message: string, from: string, second: number, more: object = {}) =>
  textEvent(id, { message, from, receivedTimestamp: at(second), ...more });

async function ask(method: string, theirs: string, ours = ourNumber) {
  const answer = await app.call(method, `/api/sms/opt-outs/${ours}/${theirs}`);
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}
const stateOf = async (theirs: string, ours?: string) => (await ask("GET", theirs, ours)).body.state;

describe("by text", () => {
  it("a STOP opts out, and a later START opts in again", async () => {
    const from = "+14255550101";
    expect((await ask("GET", from)).body).toEqual({ ourNumber, theirNumber: from, state: "none" });
    await app.publish([said("one-stop", " Stop! ", from, 1)]);
    expect((await ask("GET", from)).body).toEqual({
      ...{ ourNumber, theirNumber: from },
      ...{ state: "out", at: at(1), source: "text" },
    });
    await app.publish([said("one-start", "START", from, 2)]);
    expect((await ask("GET", from)).body).toMatchObject({ state: "in", at: at(2), source: "text" });
  });

  it("a STOP that a wrong filter brings to another function is one all the same", async () => {
    const from = "+14255550109";
    expect(await app.post("presence", [said("astray-stop", "STOP", from, 1)])).toBe(202);
    expect(await stateOf(from)).toBe("out");
  });

  it("an older STOP that comes late does not undo a newer START", async () => {
    const from = "+14255550102";
    await app.publish([said("late-start", "START", from, 2)]);
    await app.publish([said("late-stop", "STOP", from, 1)]);
    expect((await ask("GET", from)).body).toMatchObject({ state: "in", at: at(2) });
  });

  it("a STOP that is delivered again does not undo a START", async () => {
    const from = "+14255550103";
    const stop = said("again-stop", "STOP", from, 1);
    await app.publish([stop, stop]);
    expect(await stateOf(from)).toBe("out");
    await app.publish([said("again-start", "UNSTOP", from, 2)]);
    // By another door, as a replay does it: Event Grid itself gives one id once.
    expect(await app.post("sms", [stop, stop])).toBe(202);
    expect(await stateOf(from)).toBe("in");
  });

  it.for([
    ["+14255550104", "STOP", "out"],
    ["+14255550105", "START", "in"],
  ] as const)("of many at once the last counts: %s %s", async ([from, last, state]) => {
    const words = Array.from({ length: 12 }, (_, second) =>
      said(`many-${last}-${second}`, second % 2 ? "STOP" : "START", from, second),
    );
    words.push(said(`many-${last}`, last, from, 20));
    await app.publish([...words, ...words], { batch: 26, shuffle: true });
    expect((await ask("GET", from)).body).toMatchObject({ state, at: at(20) });
  });

  it("of both at the same time STOP counts, in either order", async () => {
    for (const [from, first, second] of [
      ["+14255550106", "STOP", "START"],
      ["+14255550107", "START", "STOP"],
    ] as const) {
      await app.publish([said(`both-${first}-a`, first, from, 1)]);
      await app.publish([said(`both-${first}-b`, second, from, 1)]);
      expect(await stateOf(from), first).toBe("out");
    }
  });

  it("numbers are the same with and without +, and other numbers of ours are not meant", async () => {
    await app.publish([said("plus", "STOP", "14255550108", 1, { to: "14255550100" })]);
    expect(await stateOf("14255550108", "14255550100")).toBe("out");
    expect(await stateOf("%2B14255550108", "%2B14255550100")).toBe("out");
    expect((await ask("GET", "+1 (425) 555-0108")).body).toMatchObject({ theirNumber: "+14255550108", state: "out" });
    expect(await stateOf("+14255550108", "+14255550109")).toBe("none");
    expect(await stateOf("+14255550100", "+14255550108")).toBe("none");
  });

  it("HELP, and words among others, change nothing", async () => {
    const from = "+14255550110";
    await app.publish([said("help", "HELP", from, 1), said("please", "please stop by at 5", from, 2)]);
    expect(await stateOf(from)).toBe("none");
  });

  it("a short code of ours has opt-outs too", async () => {
    await app.publish([said("short", "Arrêt", "+14255550111", 1, { to: "22395" })]);
    expect(await stateOf("+14255550111", "22395")).toBe("out");
  });

  it("a word with an id of any length is noted", async () => {
    await app.publish([said("x".repeat(900), "STOP", "+14255550112", 1)]);
    expect(await stateOf("+14255550112")).toBe("out");
  });
});

describe("by the owner", () => {
  it("PUT opts out and DELETE opts in, as often as one likes", async () => {
    const number = "+14255550120";
    for (const [method, state] of [...["PUT", "PUT"].map((put) => [put, "out"]), ["DELETE", "in"], ["DELETE", "in"]]) {
      const before = Date.now();
      const { status, headers, body } = await ask(method ?? "", number);
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(body).toMatchObject({ ourNumber, theirNumber: number, state, source: "owner" });
      expect(Date.parse(String(body.at))).toBeGreaterThanOrEqual(before);
      expect((await ask("GET", number)).body).toEqual(body);
    }
  });

  it("the owner's word is the last one, also after a text whose time is ahead of our clock", async () => {
    const from = "+14255550121";
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    await app.publish([said("ahead", "STOP", from, 0, { receivedTimestamp: ahead })]);
    expect((await ask("DELETE", from)).body).toMatchObject({ state: "in", source: "owner" });
    expect(await stateOf(from)).toBe("in");
  });

  it("a START that was texted before the PUT does not undo it, one that is texted later does", async () => {
    const from = "+14255550122";
    await ask("PUT", from);
    await app.publish([
      said("before-put", "START", from, 0, { receivedTimestamp: new Date(Date.now() - 60_000).toISOString() }),
    ]);
    expect(await stateOf(from)).toBe("out");
    await app.publish([
      said("after-put", "START", from, 0, { receivedTimestamp: new Date(Date.now() + 60_000).toISOString() }),
    ]);
    expect((await ask("GET", from)).body).toMatchObject({ state: "in", source: "text" });
  });

  it.for([
    ["CON*TOSO", "+14255550123", "ourNumber"],
    ["+1425555", "+14255550123", "ourNumber"],
    ["12", "+14255550123", "ourNumber"],
    ["+99912345678", "+14255550123", "ourNumber"],
    [ourNumber, "22395", "theirNumber"],
    [ourNumber, "somebody", "theirNumber"],
    [ourNumber, "+1800FLOWERS", "theirNumber"],
    [ourNumber, "%E2%80%AE", "theirNumber"],
    [ourNumber, `+142555501${".".repeat(41)}23`, "theirNumber"],
    [ourNumber, `+1${"4".repeat(60)}`, "theirNumber"],
  ] as const)("a number that is none is refused with advice: %s %s", async ([ours, theirs, target]) => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const { status, body } = await ask(method, theirs, ours);
      expect(status).toBe(400);
      expect(body).toEqual({
        ...{ code: "ACS_EVENTS_BAD_REQUEST", target, details: [] },
        message: expect.stringContaining(`${target} is no phone number`),
      });
    }
  });
});

describe("what is kept", () => {
  it("has no number in it", async () => {
    await app.publish([said("kept", "STOP", "+14255550130", 1)]);
    await ask("PUT", "+14255550131");
    const rows = (await app.store.ledger()).filter(({ partitionKey }) => /^(optOut|secret)\b/.test(partitionKey));
    expect(rows.length).toBeGreaterThan(10);
    // Numbers of these tests, with or without their country code.
    for (const row of rows) expect(JSON.stringify(row)).not.toMatch(/4255550|22395/);
  });

  it("is spread over partitions", async () => {
    const partitions = (await app.store.ledger()).map(({ partitionKey }) => partitionKey);
    expect(new Set(partitions.filter((key) => key.startsWith("optOut:"))).size).toBeGreaterThan(5);
  });
});
