// The app dies at each call to storage that a reply makes, after storage carried it out and before the app hears of it: which is also
// before the next call, be it to storage or to ACS.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StorageProxy, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { replyId } from "../../src/sms/outbox/rows.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";
import { writeConfig } from "../support/writeConfig.ts";

/** So short that every next try follows at once. */
const delayScale = 0.0002;

let app: App;
let proxy: StorageProxy;
beforeAll(async () => {
  proxy = await startStorageProxy();
  app = await startApp({ AzureWebJobsStorage: proxy.connectionString }, { delayScale });
  proxy.target = app.addresses.storageConnectionString;
  await writeConfig(app, "auto-replies.json", {
    rules: [{ name: "welcome", firstContact: true, coolDownMinutes: 60, reply: "Welcome, {from}." }],
  });
  // What is found out once in a process, and what must be made once in an account, is no step of a reply.
  await app.publish([textEvent("before", { from: "+14255550100", to: "+12065550100" })]);
});
afterAll(async () => {
  await app?.close();
  proxy.close();
});

/** Kills the app at a call of the reply to a text. @returns whether there was such a call */
async function dieAt(step: number, from: string): Promise<boolean> {
  let calls = 0;
  let begun = false;
  proxy.faults = ({ service, method, path }) => {
    // The reply begins by reading its event.
    begun ||= service === "Blob" && method === "GET" && path.includes("/events/sms/SMSReceived/");
    if (!begun || ++calls !== step) return "pass";
    app.host.kill();
    return "lost";
  };
  await app.publish([textEvent(`crash-${from}`, { from, message: `Hello from ${from}` })]);
  proxy.faults = () => "pass";
  return calls >= step;
}

it("sends one reply, wherever the app dies", { timeout: 300_000 }, async () => {
  const fromOf = (step: number) => `+1425555${String(1000 + step)}`;
  let steps = 0;
  while (await dieAt(++steps, fromOf(steps))) expect(steps).toBeLessThan(60);
  // Fewer, and the calls were not seen.
  expect(steps).toBeGreaterThan(15);
  for (let step = 1; step <= steps; step++) {
    const from = fromOf(step);
    const sent = app.acs.messages().filter(({ to }) => to === from);
    expect(sent, `step ${step}`).toHaveLength(1);
    const [row] = await app.store.ledger(`outbox:${ourNumber}:${from}`, replyId(ourNumber, from, `crash-${from}`));
    expect(row, `step ${step}`).toMatchObject({ state: "delivered", messageId: sent[0]?.messageId });
    const shown = (await app.store.timeline(`sms:${ourNumber}:${from}`)).map(({ type }) => type);
    expect(shown.sort(), `step ${step}`).toEqual(["SMSDeliveryReportReceived", "SMSReceived", "SmsPlaced"]);
  }
});
