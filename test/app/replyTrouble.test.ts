// A reply is sent once or, when nobody can tell, not again: what goes wrong between claim, send and confirm.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replyId } from "../../src/sms/outbox/rows.ts";
import { signedRequest } from "../acsSimulator/signedRequest.ts";
import { reportEvent } from "../support/reportEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
const listeners = new Set<(line: string) => void>();
const log = (line: string) => {
  for (const listener of listeners) listener(line);
};

/** Resolves at the next line of the app that matches. */
function lineOf(pattern: RegExp): Promise<void> {
  return new Promise((resolve) => {
    const listener = (line: string) => {
      if (!pattern.test(line)) return;
      listeners.delete(listener);
      resolve();
    };
    listeners.add(listener);
  });
}

/** So short that every next try follows at once. */
const delayScale = 0.0002;

/** The row of the reply to a text. */
const replyTo = async (messageId: string, from: string) => {
  const [row] = await app.store.ledger(`outbox:${ourNumber}:${from}`, replyId(ourNumber, from, messageId));
  return row;
};
const sentTo = (number: string) => app.acs.messages().filter(({ to }) => to === number);

/** The problems about an event, by kind. */
async function problemsOf(eventId: string): Promise<string[]> {
  const problems = (await app.store.problems()).filter(({ raw }) => String(raw).includes(`/${eventId}.`));
  return problems.map(({ partitionKey }) => partitionKey);
}

/** Publishes a text, and kills the app when ACS has taken the reply and its answer is still on the way. */
async function crashAfterSend(messageId: string, from: string): Promise<void> {
  await app.fault({ kind: "sms", fault: "slow", bytesPerSecond: 1 });
  const reported = Promise.withResolvers<void>();
  const stopListening = app.eventGrid.onDelivery(({ events }) => {
    if (JSON.stringify(events).includes("SMSDeliveryReportReceived")) reported.resolve();
  });
  await app.eventGrid.publish([textEvent(messageId, { from })]);
  await reported.promise;
  stopListening();
  app.host.kill();
}

describe("a reply", () => {
  beforeAll(async () => {
    app = await startApp({}, { delayScale, log });
  });
  afterAll(() => app?.close());

  it("is sent once when the connection breaks before ACS answers", async () => {
    await app.fault({ kind: "sms", fault: "acceptThenCut" });
    await app.publish([textEvent("cut", { from: "+14255550161" })]);
    expect(sentTo("+14255550161")).toHaveLength(1);
    expect(await replyTo("cut", "+14255550161")).toMatchObject({ state: "delivered" });
  });

  it("is sent once when the app crashes between send and confirm", async () => {
    await crashAfterSend("crash", "+14255550162");
    await app.idle();
    expect(sentTo("+14255550162")).toHaveLength(1);
    expect(await replyTo("crash", "+14255550162")).toMatchObject({ state: "delivered" });
    expect(await problemsOf("crash")).toEqual([]);
  });

  it("is sent when ACS works again", async () => {
    await app.fault({ kind: "sms", fault: "503", times: 3 });
    await app.publish([textEvent("outage", { from: "+14255550163" })]);
    expect(sentTo("+14255550163")).toHaveLength(1);
    expect(await replyTo("outage", "+14255550163")).toMatchObject({ state: "delivered" });
  });

  it("that ACS refuses for the recipient is failed, and a problem", async () => {
    await app.publish([textEvent("refused", { from: "+99914255550" })]);
    expect(await replyTo("refused", "+99914255550")).toMatchObject({ state: "failed" });
    expect(await problemsOf("refused")).toEqual(["smsFailed"]);
  });

  it("that ACS does not let us send waits, with a problem, and is sent when the credentials are mended", async () => {
    await app.fault({ kind: "sms", fault: "401", times: 6 });
    await app.publish([textEvent("denied", { from: "+14255550164" })]);
    expect(sentTo("+14255550164")).toHaveLength(1);
    expect(await replyTo("denied", "+14255550164")).toMatchObject({ state: "delivered", attempts: 6 });
    const problem = { partitionKey: "smsCredentials", state: "resolved" };
    expect(await app.store.problems()).toContainEqual(expect.objectContaining(problem));
  });

  it.for(["429", "429-retry-after"] as const)("that meets %s is sent later", async (fault) => {
    const from = fault === "429" ? "+14255550166" : "+14255550167";
    await app.fault({ kind: "sms", fault, times: 4 });
    await app.publish([textEvent(fault, { from })]);
    expect(sentTo(from)).toHaveLength(1);
    expect(await replyTo(fault, from)).toMatchObject({ state: "delivered", attempts: 4, maybeSent: true });
    expect(await problemsOf(fault)).toEqual([]);
  });

  it("that is not delivered is failed, with what the carrier said, and a problem", async () => {
    await app.fault({ kind: "report", fault: "undelivered" });
    await app.publish([textEvent("undelivered", { from: "+14255550168" })]);
    const row = await replyTo("undelivered", "+14255550168");
    expect(row).toMatchObject({ state: "failed", deliveryStatus: "Failed", deliveryDetails: "Number unreachable." });
    expect(JSON.parse(String(row?.deliveryAttempts))).toMatchObject([{ segmentsFailed: 1 }]);
    expect(await problemsOf("undelivered")).toEqual(["smsFailed"]);
  });

  it("that ACS says is blocked opts its recipient out, and is no problem", async () => {
    const from = "+14255550169";
    await blockAtAcs(from);
    await app.publish([textEvent("blocked", { from })]);
    expect(await replyTo("blocked", from)).toMatchObject({ state: "failed" });
    expect(await problemsOf("blocked")).toEqual([]);
    const optOut = await app.get(`/api/sms/opt-outs/${ourNumber}/${from}`);
    expect(await optOut.json()).toMatchObject({ state: "out", source: "report" });
    await app.publish([textEvent("after-block", { from, message: "Hello?" })]);
    expect(await replyTo("after-block", from)).toMatchObject({ state: "silent", reason: "the sender opted out" });
  });

  it("to a START that waits is not sent once its sender says STOP again", async () => {
    const from = "+14255550174";
    await app.publish([textEvent("stop-1", { from, message: "STOP", receivedTimestamp: ago(30_000) })]);
    await app.fault({ kind: "sms", fault: "401", times: 10_000 });
    const refused = lineOf(/tried again later/);
    const start = app.publish([textEvent("start", { from, message: "START", receivedTimestamp: ago(20_000) })]);
    await refused;
    // A try that looked before the STOP came may still be on its way to ACS; the one after it is withheld.
    const withheld = lineOf(/withheld: the recipient opted out/);
    const stop = app.publish([textEvent("stop-2", { from, message: "STOP", receivedTimestamp: ago(10_000) })]);
    await withheld;
    await fetch(`${app.addresses.acs}/simulator/faults`, { method: "DELETE" });
    await Promise.all([start, stop]);
    expect(await replyTo("start", from)).toMatchObject({ state: "silent", reason: "the recipient opted out" });
    const answers = sentTo(from).map(({ message }) => message);
    expect(answers).toEqual([expect.stringContaining("no more messages"), expect.stringContaining("no more messages")]);
  });

  it("that ACS has not taken in time is failed, and a problem", async () => {
    const from = "+14255550170";
    await app.fault({ kind: "sms", fault: "401", times: 10_000 });
    const refused = lineOf(/tried again later/);
    const published = app.publish([textEvent("hopeless", { from })]);
    await refused;
    await app.moveClock(61 * 60_000);
    await published;
    await fetch(`${app.addresses.acs}/simulator/faults`, { method: "DELETE" });
    await app.moveClock(0);
    expect(await replyTo("hopeless", from)).toMatchObject({ state: "failed", reason: "it could not be sent in time" });
    expect(await problemsOf("hopeless")).toEqual(["smsFailed"]);
    expect(sentTo(from)).toEqual([]);
  });
});

describe("with no time to lose, a reply", () => {
  beforeAll(async () => {
    app = await startApp({ REPLY_UNCERTAIN_AFTER: "00:15:00", SMS_TIMEOUT: "1" }, { delayScale, log });
  });
  afterAll(() => app?.close());

  it("that ACS never answered is sent once when it answers", async () => {
    await app.fault({ kind: "sms", fault: "silent", times: 2 });
    await app.publish([textEvent("silent", { from: "+14255550171" })]);
    expect(sentTo("+14255550171")).toHaveLength(1);
    expect(await replyTo("silent", "+14255550171")).toMatchObject({ state: "delivered", attempts: 2 });
  });

  it("whose answer never ends is sent once", async () => {
    await app.fault({ kind: "sms", fault: "slow", bytesPerSecond: 1 });
    await app.publish([textEvent("stuck", { from: "+14255550175" })]);
    expect(sentTo("+14255550175")).toHaveLength(1);
    expect(await replyTo("stuck", "+14255550175")).toMatchObject({ state: "delivered" });
  });

  it("that may have been sent is not sent again once that is too long ago", async () => {
    const from = "+14255550165";
    await app.fault({ kind: "report", fault: "lost" });
    await app.fault({ kind: "sms", fault: "acceptThenCut" });
    await app.fault({ kind: "sms", fault: "503", times: 10_000 });
    const cut = lineOf(/unknown, and tried again later/);
    const published = app.publish([textEvent("uncertain", { from })]);
    await cut;
    await app.moveClock(16 * 60_000);
    await published;
    await fetch(`${app.addresses.acs}/simulator/faults`, { method: "DELETE" });
    await app.moveClock(0);
    expect(sentTo(from)).toHaveLength(1);
    expect(await replyTo("uncertain", from)).toMatchObject({ state: "unconfirmed" });
    expect(await problemsOf("uncertain")).toEqual(["smsUnconfirmed"]);
    const [sent] = sentTo(from);
    await app.publish([reportEvent(sent, "Delivered")]);
    expect(await replyTo("uncertain", from)).toMatchObject({ state: "delivered", messageId: sent?.messageId });
    const problem = (await app.store.problems()).find(({ raw }) => String(raw).includes("/uncertain."));
    expect(problem).toMatchObject({ partitionKey: "smsUnconfirmed", state: "resolved" });
  });
});

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** Makes ACS block texts of ours to a number, without the app. */
async function blockAtAcs(to: string): Promise<void> {
  const path = "/sms/optouts:add?api-version=2026-01-23";
  const body = { from: ourNumber, recipients: [{ to }] };
  const answer = await signedRequest(app.addresses.acsConnectionString, "POST", path, { body });
  expect(answer.status).toBe(200);
}
