import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Gate, isCooling, type Limits, openGate, type Passage, pass } from "../../src/sms/outbox/gate.ts";

const minute = 60_000;
const limits: Limits = { perHour: 3, repeatMs: 10 * minute };
const passage = (id: string, at: number, more: Partial<Passage> = {}): Passage => ({
  id,
  at,
  rule: "hours",
  coolDownMs: 0,
  words: id,
  ...more,
});

/** What becomes of each, and the gate after all. */
function passAll(passages: readonly Passage[], with_: Limits = limits) {
  let gate: Gate = openGate;
  const outcomes = passages.map((one) => {
    const after = pass(gate, one, with_);
    if ("refused" in after) return after.refused;
    gate = after;
    return "passed";
  });
  return { outcomes, gate };
}

describe("the gate", () => {
  it("lets so many through in an hour, and more when the hour is over", () => {
    const times = [0, 1, 2, 3, 60, 61].map((at) => at * minute);
    const { outcomes } = passAll(times.map((at, index) => passage(`${index}`, at)));
    expect(outcomes.map((outcome) => outcome === "passed")).toEqual([true, true, true, false, true, true]);
  });

  it("answers the same words once within the window", () => {
    const times = [0, 5, 9, 10, 21].map((at) => at * minute);
    const { outcomes } = passAll(times.map((at, index) => passage(`${index}`, at, { words: "same" })));
    expect(outcomes.map((outcome) => outcome === "passed")).toEqual([true, false, false, true, true]);
  });

  it("lets the same reply through again, and counts it once", () => {
    const again = [passage("a", 0), passage("a", minute), passage("b", 0), passage("a", 0), passage("c", 0)];
    expect(passAll(again).outcomes).toEqual(["passed", "passed", "passed", "passed", "passed"]);
  });

  it("lets a rule cool down, and others answer meanwhile", () => {
    const cool = { coolDownMs: 30 * minute };
    const { outcomes, gate } = passAll([
      passage("a", 0, cool),
      passage("b", 20 * minute, cool),
      passage("c", 20 * minute, { rule: "menu" }),
      passage("d", 30 * minute, cool),
    ]);
    expect(outcomes.map((outcome) => outcome === "passed")).toEqual([true, false, true, true]);
    expect(isCooling(gate, "hours", cool.coolDownMs, 59 * minute)).toBe(true);
    expect(isCooling(gate, "hours", cool.coolDownMs, 60 * minute)).toBe(false);
    expect(isCooling(gate, "constructor", cool.coolDownMs, 0)).toBe(false);
  });

  it("stays small, and never lets more through than the limit within any hour", () => {
    const arbitrary = fc.array(fc.tuple(fc.nat(40), fc.nat(5)), { maxLength: 60 });
    fc.assert(
      fc.property(arbitrary, fc.nat(8), (steps, perHour) => {
        let at = 0;
        const passages = steps.map(([after, words], index) => {
          at += after * minute;
          return passage(`${index}`, at, { words: `w${words}` });
        });
        const { outcomes, gate } = passAll(passages, { ...limits, perHour });
        const passed = passages.filter((_, index) => outcomes[index] === "passed").map((one) => one.at);
        for (const start of passed) {
          expect(passed.filter((one) => one >= start && one < start + 60 * minute).length).toBeLessThanOrEqual(perHour);
        }
        expect(gate.passed.length).toBeLessThanOrEqual(perHour + 1);
      }),
      { numRuns: 1000 },
    );
  });

  it("has room in a row of the ledger, whatever the limit", () => {
    const many = Array.from({ length: 1000 }, (_, index) => passage(`0f0c5f2e-8a5e-4b5d-9b0a-${index}`, index));
    const { gate, outcomes } = passAll(many, { perHour: 100_000, repeatMs: minute });
    expect(JSON.stringify(gate).length).toBeLessThan(32_000);
    expect(outcomes.filter((outcome) => outcome === "passed")).toHaveLength(250);
  });
});
