// The app dies at each step of the last delivery of an incoming call in its ledger, or of the sweep that follows: no claim stays open.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StorageProxy, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { callActions, callRow, incomingCallEvent } from "../support/incomingCall.ts";
import { type App, startApp } from "../support/startApp.ts";
import { writeConfig } from "../support/writeConfig.ts";

const answered = "+14255550104";
/** At each step by `npm run test:long`, at every third otherwise. */
const stride = process.env.LONG === "1" ? 1 : 3;

let app: App;
let proxy: StorageProxy;
beforeAll(async () => {
  proxy = await startStorageProxy();
  app = await startApp({ AzureWebJobsStorage: proxy.connectionString });
  proxy.target = app.addresses.storageConnectionString;
  const rules = [
    { from: [answered], answer: true },
    { name: "desk", redirect: { to: "+14255550188" } },
  ];
  await writeConfig(app, "incoming-calls.json", { rules });
  await app.publish([incomingCallEvent("before")]);
});
afterAll(async () => {
  await app?.close();
  proxy.close();
});

/** Does something, and kills the app at a call to the tables of work and problems. @returns whether there was such a call */
async function dyingAt(step: number, work: () => Promise<unknown>): Promise<boolean> {
  let calls = 0;
  proxy.faults = ({ service, path }) => {
    if (service !== "Table" || !/ledger|problems/.test(path) || ++calls !== step) return "pass";
    app.host.kill();
    return "lost";
  };
  await work().catch(() => {});
  proxy.faults = () => "pass";
  return calls >= step;
}

async function sweep(): Promise<void> {
  await app.host.runTimer("watchIncomingCalls");
}

const openCalls = async () => (await app.store.ledger("open:incomingCall")).length;
const problemsOf = async (call: string) => {
  const event = (await callRow(app, call))?.event;
  return (await app.store.problems()).filter(({ raw }) => raw === event).map(({ state }) => state);
};

it("ends each call that was taken on, wherever the app dies in its last delivery", { timeout: 300_000 }, async () => {
  const ends = new Set<unknown>();
  for (let [steps, died] = [1, true]; died; steps += stride) {
    const call = `crash-${steps}`;
    expect(steps).toBeLessThan(40);
    died = await dyingAt(steps, () => app.post("incomingCall", [incomingCallEvent(call)]));
    await sweep();
    const before = await callRow(app, call);
    // While it rings another delivery may come.
    if (before?.state === "claimed") expect(await openCalls(), call).toBe(1);
    await app.moveClock(31_000);
    await sweep();
    await app.moveClock(0);
    const row = await callRow(app, call);
    ends.add(row?.state);
    expect(await openCalls(), call).toBe(0);
    expect(row?.state, call).not.toBe("claimed");
    expect(await problemsOf(call), call).toEqual(row?.state === "failed" ? ["open"] : []);
    if (row?.state === "failed") expect(row.reason).toMatch(/not known/);
    if (row?.state === "redirected") expect(await callActions(app, call), call).toHaveLength(1);
  }
  expect(ends).toEqual(new Set([undefined, "failed", "redirected"]));
});

it("ends it though the sweep dies, at the next one", { timeout: 300_000 }, async () => {
  let steps = 1;
  for (let died = true; died; steps += stride) {
    const call = `sweep-${steps}`;
    expect(steps).toBeLessThan(20);
    await app.fault({ kind: "call", fault: "truncated" });
    expect(await app.post("incomingCall", [incomingCallEvent(call, { from: answered })])).toBe(500);
    await app.moveClock(31_000);
    died = await dyingAt(steps, sweep);
    await sweep();
    await app.moveClock(0);
    expect(await openCalls(), call).toBe(0);
    expect(await callRow(app, call), call).toMatchObject({ state: "failed", reason: expect.stringContaining("200") });
    expect(await problemsOf(call), call).toEqual(["open"]);
  }
  expect(steps).toBeGreaterThan(5);
});
