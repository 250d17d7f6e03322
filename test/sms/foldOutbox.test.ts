import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fact, foldOutbox } from "../../src/sms/outbox/foldOutbox.ts";
import type { OutboxRow } from "../../src/sms/outbox/rows.ts";

const placed: OutboxRow = {
  state: "placed",
  from: "+18335550100",
  to: "+14255550123",
  message: "Hello",
  by: "rule",
  placedAt: new Date(0),
  turn: 0,
  attempts: 0,
  maybeSent: true,
};

function learn(facts: readonly Fact[], row = placed): OutboxRow {
  let now = row;
  for (const fact of facts) now = { ...now, ...foldOutbox(now, fact) };
  return now;
}

const accepted: Fact = { kind: "accepted", messageId: "m", at: new Date(1000) };
const unknown: Fact = { kind: "unknown", reason: "no delivery report came in time" };
const report = (status: string, at = 2000, messageId = "m"): Fact => ({
  kind: "report",
  messageId,
  status,
  at: new Date(at),
});

describe("a text of the outbox", () => {
  it.for<[string, Fact[], OutboxRow["state"]]>([
    ["was accepted", [accepted], "sent"],
    ["was reported before it was confirmed", [report("Delivered"), accepted], "delivered"],
    ["was delivered", [accepted, report("Delivered")], "delivered"],
    ["has a report before it was confirmed, and no final one", [report("Enroute")], "sent"],
    ["was not delivered", [accepted, report("Failed")], "failed"],
    ["has a report that says nothing final", [accepted, report("Enroute")], "sent"],
    ["has no report in time", [accepted, unknown], "unconfirmed"],
    ["has its report after all", [accepted, unknown, report("Delivered")], "delivered"],
    ["was never confirmed", [unknown], "unconfirmed"],
    ["was never confirmed, and then was", [unknown, accepted], "unconfirmed"],
    ["was confirmed too late, and reported", [unknown, accepted, report("Delivered")], "delivered"],
    ["was refused", [{ kind: "refused", reason: "ACS answered 400" }], "failed"],
    ["was withheld", [{ kind: "withheld", reason: "the recipient opted out" }], "silent"],
    [
      "was delivered, and then reported as failed",
      [accepted, report("Delivered"), report("Failed", 3000)],
      "delivered",
    ],
    ["was delivered, and its watch came late", [accepted, report("Delivered"), unknown], "delivered"],
    ["has the report of another message", [accepted, report("Failed", 2000, "other")], "sent"],
  ])("that %s is in the right state", ([, facts, state]) => {
    expect(learn(facts).state).toBe(state);
  });

  it("keeps why it failed, as the newest report has it", () => {
    const [older, newer] = [report("Failed", 2000), { ...report("Failed", 3000), details: "Number unreachable." }];
    for (const facts of [
      [accepted, older, newer],
      [accepted, newer, older],
    ]) {
      expect(learn(facts as Fact[])).toMatchObject({
        deliveryDetails: "Number unreachable.",
        reportedAt: new Date(3000),
      });
    }
  });

  const fact = fc.oneof(
    fc.constant(accepted),
    fc
      .record({ status: fc.constantFrom("Delivered", "Failed", "Enroute"), at: fc.integer({ min: 1, max: 9 }) })
      .map(({ status, at }) => report(status, at * 1000)),
  );

  it("ends the same in whatever order and however often its facts come", () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (facts, numbers) => {
        const again = [...facts, ...facts]
          .map((one) => ({ one, place: numbers.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        const [first, second] = [learn(facts), learn(again)];
        expect(second.state).toBe(first.state);
        expect(second.messageId).toBe(first.messageId);
        if (first.state === "delivered" || first.state === "failed")
          expect(second.reportedAt).toEqual(first.reportedAt);
      }),
      { numRuns: 2000 },
    );
  });

  it("is never sent again once it is final, or not known", () => {
    const finals: OutboxRow["state"][] = ["silent", "sent", "unconfirmed", "failed", "delivered"];
    fc.assert(
      fc.property(fc.constantFrom(...finals), fc.array(fc.oneof(fact, fc.constant(unknown))), (state, facts) => {
        expect(learn(facts, { ...placed, state }).state).not.toBe("placed");
      }),
    );
  });
});
