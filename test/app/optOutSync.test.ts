// With ACS_OPT_OUT_SYNC, ACS is told who opted out, whatever happens on the way, and the last word is the last there too.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { signedRequest } from "../acsSimulator/signedRequest.ts";
import { type App, type Fault, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
let words = 0;

/** A word, later than all before it. */
function said(message: string, from: string) {
  const receivedTimestamp = new Date(Date.UTC(2026, 10, 20, 9, 30, ++words)).toISOString();
  return textEvent(`sync-${words}`, { message, from, receivedTimestamp });
}

async function kept(theirs: string) {
  return (await (await app.get(`/api/sms/opt-outs/${ourNumber}/${theirs}`)).json()) as Record<string, unknown>;
}

/** Whether ACS has an opt-out on its list. */
async function atAcs(theirs: string): Promise<unknown> {
  const body = { from: ourNumber, recipients: [{ to: theirs }] };
  const path = "/sms/optouts:check?api-version=2026-01-23";
  const { bodyAsText } = await signedRequest(app.acs.connectionString, "POST", path, { body });
  return JSON.parse(bodyAsText ?? "null").value[0].isOptedOut;
}

const problems = async () =>
  (await app.store.problems()).map(({ partitionKey, cause, advice, raw, state }) => ({
    ...{ kind: partitionKey, cause, advice, raw, state },
  }));

describe("ACS", () => {
  beforeAll(async () => {
    app = await startApp({ AUTO_REPLY: "off", ACS_OPT_OUT_SYNC: "true", SMS_TIMEOUT: "1" });
  });
  afterEach(async () => {
    // No fault of a test is left for the next one.
    const faults = await fetch(`${app.addresses.acs}/simulator/faults`);
    expect(((await faults.json()) as { left: number }[]).filter(({ left }) => left > 0)).toEqual([]);
  });
  afterAll(() => app?.close());

  it("is told of a STOP and of the START after it", async () => {
    const from = "+14255550101";
    await app.publish([said("STOP", from)]);
    expect(await atAcs(from)).toBe(true);
    expect(await kept(from)).toMatchObject({ state: "out", acs: "told" });
    await app.publish([said("START", from)]);
    expect(await atAcs(from)).toBe(false);
    expect(await kept(from)).toMatchObject({ state: "in", acs: "told" });
  });

  it("is told of the owner's word", async () => {
    const path = `/api/sms/opt-outs/${ourNumber}/+14255550102`;
    expect(await (await app.call("PUT", path)).json()).toMatchObject({ state: "out" });
    await app.idle();
    expect(await atAcs("+14255550102")).toBe(true);
    await app.call("DELETE", path);
    await app.idle();
    expect(await atAcs("+14255550102")).toBe(false);
  });

  it("has the last word of many that come at once", async () => {
    const from = "+14255550103";
    const many = Array.from({ length: 10 }, (_, index) => said(index % 2 ? "START" : "STOP", from));
    await app.publish([...many, said("STOP", from)], { batch: 11, shuffle: true });
    expect(await atAcs(from)).toBe(true);
    expect(await kept(from)).toMatchObject({ state: "out", acs: "told" });
  });

  it("is not told again by a word that comes again", async () => {
    const from = "+14255550104";
    const stop = said("STOP", from);
    await app.publish([stop]);
    // Would be met by one more request, and then be used up.
    await app.fault({ kind: "optOut", fault: "503" });
    expect(await app.post("sms", [stop])).toBe(202);
    await app.publish([said("STOP", from)]);
    expect(await atAcsMeets()).toBe(1);
    expect(await atAcs(from).catch(() => "met by the fault")).toBe("met by the fault");
  });

  it("is told later when it asks for it, and no try is spent on that", async () => {
    const from = "+14255550105";
    await app.fault({ kind: "optOut", fault: "429-retry-after", times: 7 });
    await app.publish([said("STOP", from)]);
    expect(await atAcs(from)).toBe(true);
    expect(await problems()).toEqual([]);
  });

  it("is told in the end, whatever it answers at first", async () => {
    const troubles: Fault["fault"][] = [
      ...([
        "429",
        "503",
        "500",
        "401",
        "403",
        "silent",
        "acceptThenCut",
        "htmlError",
        "empty",
        "truncated",
        "redirect",
      ] as const),
    ];
    const numbers = troubles.map((_, index) => `+142555501${40 + index}`);
    for (const fault of troubles) await app.fault({ kind: "optOut", fault });
    await app.publish(numbers.map((from) => said("STOP", from)));
    for (const from of numbers) {
      expect(await kept(from)).toMatchObject({ state: "out", acs: "told" });
      expect(await atAcs(from)).toBe(true);
    }
    expect(await problems()).toEqual([]);
  });

  it("is told after a crash while it was asked", async () => {
    const from = "+14255550121";
    await app.fault({ kind: "optOut", fault: "slow", bytesPerSecond: 1 });
    await app.eventGrid.publish([said("STOP", from)]);
    await vi.waitFor(async () => expect(await atAcsMeets()).toBe(0), { timeout: 60_000, interval: 20 });
    app.host.kill();
    await app.idle();
    expect(await kept(from)).toMatchObject({ state: "out", acs: "told" });
    expect(await problems()).toEqual([]);
  });

  it("that fails for longer than a job lives leaves a problem, and is told by the next word", async () => {
    const from = "+14255550122";
    await app.fault({ kind: "optOut", fault: "503", times: 5 });
    const stop = said("STOP", from);
    await app.publish([stop]);
    expect(await kept(from)).toMatchObject({ state: "out", acs: "waiting" });
    expect(await problems()).toMatchObject([{ kind: "poisonedJob", cause: "syncOptOut gave up on a job" }]);
    expect(await app.post("sms", [stop])).toBe(202);
    await app.idle();
    expect(await atAcs(from)).toBe(true);
  });

  it("that refuses is a problem without the number, and is asked no more; it is resolved when ACS takes the next word", async () => {
    const from = "+14255550123";
    await app.fault({ kind: "optOut", fault: "404" });
    const stop = said("STOP", from);
    await app.publish([stop]);
    expect(await app.post("sms", [stop])).toBe(202);
    await app.idle();
    expect(await kept(from)).toMatchObject({ state: "out", acs: "refused" });
    const refusals = async () => (await problems()).filter(({ kind }) => kind === "optOutNotMirrored");
    expect(await refusals()).toMatchObject([{ cause: expect.stringContaining("status 404"), state: "open" }]);
    expect(JSON.stringify(await refusals())).not.toContain("4255550");
    await app.publish([said("START", from)]);
    expect(await refusals()).toMatchObject([{ state: "resolved" }]);
  });

  it("that refuses the recipient is a problem too", async () => {
    const from = "+9991234567";
    await app.publish([said("STOP", from)]);
    const found = (await problems()).filter(({ cause }) => String(cause).includes("status 400"));
    expect(found).toMatchObject([{ kind: "optOutNotMirrored", state: "open" }]);
    expect(JSON.stringify(found)).not.toContain("1234567");
  });

  it("is not told of short codes and names that text us", async () => {
    await app.publish([said("STOP", "22395"), said("STOP", "CONTOSO")]);
    const found = (await app.store.ledger()).filter(({ partitionKey }) => partitionKey.startsWith("optOut:"));
    expect(found.filter(({ mirrored }) => mirrored === undefined)).toHaveLength(2);
  });
});

/** How many requests are still to meet a fault. */
async function atAcsMeets(): Promise<number> {
  const faults = await fetch(`${app.addresses.acs}/simulator/faults`);
  return ((await faults.json()) as { left: number }[]).reduce((sum, { left }) => sum + left, 0);
}
