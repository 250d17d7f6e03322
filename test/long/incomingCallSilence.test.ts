// ACS or storage never answers, while a call rings.
import { describe, expect, it } from "vitest";
import { startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { callActions, callRow, incomingCallEvent } from "../support/incomingCall.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";
import { writeConfig } from "../support/writeConfig.ts";

const rules = { rules: [{ reject: "busy" }] };
/** In each delivery ACS is asked three times. */
const asks = 3;

/** Posts a call. @returns the status, and after how many milliseconds it came */
async function timed(app: App, event: unknown): Promise<{ status: number; took: number }> {
  const started = performance.now();
  const status = await app.post("incomingCall", [event]);
  return { status, took: performance.now() - started };
}

describe.concurrent("Event Grid is answered in time", { timeout: 150_000 }, () => {
  it("though ACS is silent to 64 calls; a text is not held up, and the next delivery acts", async () => {
    const app = await startApp();
    try {
      await writeConfig(app, "incoming-calls.json", rules);
      const calls = Array.from({ length: 64 }, (_, number) => `silent-${number}`);
      const events = calls.map((call) => incomingCallEvent(call, { id: call }));
      await app.fault({ kind: "call", fault: "silent", times: asks * calls.length });
      let answered = 0;
      const posts = Promise.all(events.map((event) => timed(app, event).finally(() => answered++)));
      await expect.poll(() => faultsLeft(app)).toBeLessThanOrEqual((asks - 1) * calls.length);

      expect(await app.post("sms", [textEvent("meanwhile", { from: "+14255550177" })])).toBe(202);
      await expect.poll(() => app.acs.messages().filter(({ to }) => to === "+14255550177")).toHaveLength(1);
      expect(answered).toBe(0);

      for (const { status, took } of await posts) expect([status, took < 20_000]).toEqual([500, true]);
      expect(await app.store.archived("silent-0")).toHaveLength(1);
      const reason = expect.stringMatching(/did not answer.*may have acted/);
      expect(await callRow(app, "silent-0")).toMatchObject({ state: "claimed", attempts: 1, reason });
      await fetch(`${app.addresses.acs}/simulator/faults`, { method: "DELETE" });
      await app.publish(events.slice(0, 1));
      expect(await callActions(app)).toHaveLength(1);
      expect(await callRow(app, "silent-0")).toMatchObject({ state: "rejected" });
    } finally {
      await app.close();
    }
  });

  it("though storage falls silent after ACS was; the sweep tells of the call", async () => {
    const proxy = await startStorageProxy();
    const app = await startApp({ AzureWebJobsStorage: proxy.connectionString });
    try {
      proxy.target = app.addresses.storageConnectionString;
      await writeConfig(app, "incoming-calls.json", rules);
      // Two are silent; the third is carried out.
      await app.fault({ kind: "call", fault: "silent", times: asks - 1 });
      let [opened, claimed] = [false, false];
      proxy.faults = ({ service, method, path }) => {
        if (service === "Queue") return "pass";
        if (claimed) return "silent";
        // What is put into the ledger after the row of open calls is the claim.
        opened ||= /open(:|%3A)incomingCall/i.test(path);
        claimed = opened && method === "POST" && path.endsWith("/ledger");
        return "pass";
      };
      const { status, took } = await timed(app, incomingCallEvent("slow"));
      expect([status, took < 21_000]).toEqual([500, true]);
      expect(await callRow(app, "slow")).toMatchObject({ state: "claimed" });
      expect(await callActions(app, "slow")).toHaveLength(1);
      proxy.faults = () => "pass";
      await app.host.restart();
      await app.moveClock(31_000);
      await app.host.runTimer("watchIncomingCalls");
      const reason = expect.stringContaining("is not known");
      expect(await callRow(app, "slow")).toMatchObject({ state: "failed", reason });
      expect(await app.store.problems()).toMatchObject([{ partitionKey: "incomingCallFailed", advice: reason }]);
    } finally {
      await app.close();
      proxy.close();
    }
  });
});

async function faultsLeft(app: App): Promise<number> {
  const faults = (await (await fetch(`${app.addresses.acs}/simulator/faults`)).json()) as { left: number }[];
  return faults.reduce((sum, { left }) => sum + left, 0);
}
