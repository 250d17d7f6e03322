// A reply is sent once or, when nobody can tell, not again: what goes wrong between claim, send and confirm.
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let app: App;

const stateOf = async (messageId: string) =>
  (await app.store.ledger()).find(({ rowKey }) => rowKey === messageId)?.state;
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
    app = await startApp();
  });
  afterAll(() => app?.close());

  it("is sent once when the connection breaks before ACS answers", async () => {
    await app.fault({ kind: "sms", fault: "acceptThenCut" });
    await app.publish([textEvent("cut", { from: "+14255550161" })]);
    expect(sentTo("+14255550161")).toHaveLength(1);
    expect(await stateOf("cut")).toBe("sent");
  });

  it("is sent once when the app crashes between send and confirm", async () => {
    await crashAfterSend("crash", "+14255550162");
    await app.idle();
    expect(sentTo("+14255550162")).toHaveLength(1);
    expect(await stateOf("crash")).toBe("sent");
    expect(await problemsOf("crash")).toEqual([]);
  });

  it("is sent when ACS works again", async () => {
    await app.fault({ kind: "sms", fault: "503", times: 3 });
    await app.publish([textEvent("outage", { from: "+14255550163" })]);
    expect(sentTo("+14255550163")).toHaveLength(1);
    expect(await stateOf("outage")).toBe("sent");
  });

  it("that ACS refuses for the recipient is failed, and a problem", async () => {
    await app.publish([textEvent("refused", { from: "+99914255550" })]);
    expect(await stateOf("refused")).toBe("failed");
    expect(await problemsOf("refused")).toEqual(["replyFailed"]);
  });

  it("that ACS never takes ends as a problem that holds the job, and is sent when the job is put back", async () => {
    await app.fault({ kind: "sms", fault: "401", times: 5 });
    await app.publish([textEvent("never", { from: "+14255550164" })]);
    expect(await problemsOf("never")).toEqual(["poisonedJob"]);
    const problem = (await app.store.problems()).find(({ raw }) => String(raw).includes("/never."));
    expect(JSON.parse(String(problem?.raw))).toEqual({ event: expect.stringContaining("/never.") });
    expect(sentTo("+14255550164")).toEqual([]);
    const { storageConnectionString } = app.addresses;
    const queue = QueueServiceClient.fromConnectionString(storageConnectionString).getQueueClient("sms-replies");
    await queue.sendMessage(Buffer.from(String(problem?.raw)).toString("base64"));
    await app.idle();
    expect(sentTo("+14255550164")).toHaveLength(1);
  });
});

describe("with REPLY_UNCERTAIN_AFTER of a second, a reply", () => {
  beforeAll(async () => {
    app = await startApp({ REPLY_UNCERTAIN_AFTER: "1" });
  });
  afterAll(() => app?.close());

  it("that may have been sent is not sent again once its claim is older", async () => {
    await crashAfterSend("uncertain", "+14255550165");
    // Each refusal costs the 0.6 s until the queue gives the job again.
    await app.fault({ kind: "sms", fault: "401", times: 2 });
    await app.idle();
    expect(sentTo("+14255550165")).toHaveLength(1);
    expect(await stateOf("uncertain")).toBe("unconfirmed");
    expect(await problemsOf("uncertain")).toEqual(["replyUnconfirmed"]);
  });
});
