import fc from "fast-check";
import { expect, it } from "vitest";
import { nextSlot, paceOf } from "../../src/sms/outbox/pace.ts";

const minute = 60_000;

it.for([
  ["+18335550100", "+18335550100", 200],
  ["+14255550100", "+14255550100", 200],
  ["22395", "22395", 6000],
  ["CONTOSO", "names", 600],
  ["FABRIKAM", "names", 600],
] as const)("%s keeps the pace of %s: %i a minute", ([from, name, limit]) => {
  expect(paceOf(from)).toEqual({ name, limit });
});

it("is never above the limit in any minute, and loses little of it", () => {
  const gaps = fc.array(fc.oneof(fc.constant(0), fc.nat(2000)), { minLength: 300, maxLength: 700 });
  fc.assert(
    fc.property(gaps, (waits) => {
      const sent: number[] = [];
      let now = 0;
      let due: number | undefined;
      for (const wait of waits) {
        now += wait;
        const slot = nextSlot(due, now, 200);
        due = slot.due;
        expect(slot.at).toBeGreaterThanOrEqual(now);
        sent.push(slot.at);
      }
      for (const [index, at] of sent.entries()) {
        const after = sent[index + 200];
        if (after !== undefined) expect(after - at).toBeGreaterThan(minute - 1);
      }
    }),
    { numRuns: 200 },
  );
});

it("lets a quarter of the limit go at once, and spreads the rest", () => {
  let due: number | undefined;
  const slots = Array.from({ length: 200 }, () => {
    const slot = nextSlot(due, 0, 200);
    due = slot.due;
    return slot.at;
  });
  expect(slots.filter((at) => at === 0)).toHaveLength(50);
  expect(slots.at(-1)).toBe(minute);
});
