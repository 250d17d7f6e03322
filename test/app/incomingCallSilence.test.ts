import { expect, it } from "vitest";
import { callActions, callRow, incomingCallEvent } from "../support/incomingCall.ts";
import { startApp } from "../support/startApp.ts";
import { writeConfig } from "../support/writeConfig.ts";

it("answers Event Grid within 20 seconds though ACS is silent, and acts at the next delivery", {
  timeout: 60_000,
}, async () => {
  const app = await startApp();
  try {
    await writeConfig(app, "incoming-calls.json", { rules: [{ reject: "busy" }] });
    await app.fault({ kind: "call", fault: "silent", times: 3 });
    const event = incomingCallEvent("silent", { id: "silent" });
    const started = performance.now();
    expect(await app.post("incomingCall", [event])).toBe(500);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(await app.store.archived("silent")).toHaveLength(1);
    const reason = expect.stringContaining("did not answer");
    expect(await callRow(app, "silent")).toMatchObject({ state: "claimed", attempts: 1, reason });
    await app.publish([event]);
    expect(await callActions(app, "silent")).toHaveLength(1);
    expect(await callRow(app, "silent")).toMatchObject({ state: "rejected" });
  } finally {
    await app.close();
  }
});
