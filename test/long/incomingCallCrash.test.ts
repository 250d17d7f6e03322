// The app dies at each call to storage of an incoming call, after storage carried it out and before the app hears of it: which is also
// before the next call, be it to storage or to ACS.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StorageProxy, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { callActions, callRow, incomingCallEvent } from "../support/incomingCall.ts";
import { type App, startApp } from "../support/startApp.ts";
import { writeConfig } from "../support/writeConfig.ts";

let app: App;
let proxy: StorageProxy;
beforeAll(async () => {
  proxy = await startStorageProxy();
  app = await startApp({ AzureWebJobsStorage: proxy.connectionString }, { delayScale: 0.0002 });
  proxy.target = app.addresses.storageConnectionString;
  await writeConfig(app, "incoming-calls.json", { rules: [{ name: "desk", redirect: { to: "+14255550188" } }] });
  // What must be made once in an account is no step of a call.
  await app.publish([incomingCallEvent("before")]);
});
afterAll(async () => {
  await app?.close();
  proxy.close();
});

/** Kills the app at a call to storage. @returns whether there was such a call */
async function dieAt(step: number): Promise<boolean> {
  let calls = 0;
  proxy.faults = ({ service }) => {
    if (service === "Queue" || ++calls !== step) return "pass";
    app.host.kill();
    return "lost";
  };
  await app.publish([incomingCallEvent(`crash-${step}`)]);
  proxy.faults = () => "pass";
  return calls >= step;
}

it("redirects a call once, wherever the app dies", { timeout: 120_000 }, async () => {
  let steps = 0;
  while (await dieAt(++steps)) expect(steps).toBeLessThan(40);
  // Archive, index, rules, claim, settle: fewer, and they were not seen.
  expect(steps).toBeGreaterThan(5);
  for (let step = 1; step <= steps; step++) {
    expect(await callActions(app, `crash-${step}`), `step ${step}`).toHaveLength(1);
    expect(await callRow(app, `crash-${step}`), `step ${step}`).toMatchObject({ state: "redirected" });
  }
});
