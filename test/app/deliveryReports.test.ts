// Texts without a report in time, and reports without a text.
import { TableClient } from "@azure/data-tables";
import { QueueClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { replyId } from "../../src/sms/outbox/rows.ts";
import { turnOf } from "../../src/sms/outbox/textTurn.ts";
import { tableKey } from "../../src/storage/keys.ts";
import { reportEvent } from "../support/reportEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;

/** The row of the reply to a text. */
const replyTo = async (messageId: string, from: string) => {
  const [row] = await app.store.ledger(`outbox:${ourNumber}:${from}`, replyId(ourNumber, from, messageId));
  return row;
};

describe("with a time for reports that is over at once, a text without one", () => {
  beforeAll(async () => {
    app = await startApp({ DELIVERY_REPORT_TIMEOUT_MINUTES: "1" }, { delayScale: 0.0002 });
    vi.stubEnv("AzureWebJobsStorage", app.addresses.storageConnectionString);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await app?.close();
  });

  it("is unconfirmed, and settled when its report comes after all", async () => {
    const from = "+14255550172";
    await app.fault({ kind: "report", fault: "lost" });
    // The watch may come while the text is still on its way; then it comes again.
    await app.publish([textEvent("unreported", { from })]);
    expect(await replyTo("unreported", from)).toMatchObject({ state: "unconfirmed" });
    const raised = await problemsOf("unreported");
    expect(raised).toMatchObject([{ partitionKey: "smsUnconfirmed", state: "open" }]);
    const [sent] = app.acs.messages().filter(({ to }) => to === from);
    await app.publish([reportEvent({ ...sent, tag: undefined }, "Delivered")], { duplicates: 2 });
    expect(await replyTo("unreported", from)).toMatchObject({ state: "delivered", deliveryStatus: "Delivered" });
    expect(await problemsOf("unreported")).toMatchObject([{ state: "resolved" }]);
  });

  it("is found by a job of an earlier version, which names its numbers, as one of today does not", async () => {
    const [from, to, outboxId] = [ourNumber, "+14255550174", "b0e9bd3c-6b0e-4bd7-9f5e-0a9f6a1f7a11"];
    const connection = app.addresses.storageConnectionString;
    const ledger = TableClient.fromConnectionString(connection, "ledger", { allowInsecureConnection: true });
    const keys = { partitionKey: tableKey(`outbox:${from}:${to}`), rowKey: outboxId };
    const text = { state: "sent", by: "hand", message: "Hello", attempts: 0, maybeSent: true, turn: 0 };
    await ledger.createEntity({ ...keys, from, to, ...text, placedAt: new Date(), sentAt: new Date() });
    const job = Buffer.from(JSON.stringify({ from, to, outboxId, turn: 0 })).toString("base64");
    await new QueueClient(connection, "sms-watches").sendMessage(job);
    await app.idle();
    expect(await app.store.ledger(`outbox:${from}:${to}`, outboxId)).toMatchObject([{ state: "unconfirmed" }]);
    expect(await turnOf({ outboxId, turn: 3 })).toEqual({ from, to, outboxId, turn: 3 });
    // As long as it lies on its queue, nobody can take it off.
    expect(await turnOf({ from, to, outboxId: "erased", turn: 0 })).toBeUndefined();
  });

  it("of which nobody knows is no trouble", async () => {
    const unknown = { from: ourNumber, to: "+14255550173", messageId: "Outgoing_unknown", tag: "no-tag-of-ours" };
    await app.publish([reportEvent(unknown, "Failed")]);
    expect(await app.store.archived("Outgoing_unknown-Failed")).toHaveLength(1);
    expect((await app.store.problems()).map(({ partitionKey }) => partitionKey)).not.toContain("smsFailed");
  });
});

/** The problems about an event. */
async function problemsOf(eventId: string) {
  return (await app.store.problems()).filter(({ raw }) => String(raw).includes(`/${eventId}.`));
}
