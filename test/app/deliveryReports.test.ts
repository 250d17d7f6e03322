// Texts without a report in time, and reports without a text.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replyId } from "../../src/sms/outbox/rows.ts";
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
  });
  afterAll(() => app?.close());

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
