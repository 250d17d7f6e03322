import fc from "fast-check";
import { expect, it } from "vitest";
import { foldOptOut, type OptOutChange, type OptOutState } from "../../src/sms/optOut/optOutState.ts";

/** Few times, so that many changes meet at one. An id belongs to one change. */
const changes = fc.uniqueArray(
  fc.record<OptOutChange>({
    state: fc.constantFrom("out", "in"),
    at: fc.integer({ min: 0, max: 5 }).map((second) => new Date(Date.UTC(2026, 10, 20, 9, 30, second))),
    id: fc.string({ minLength: 1, maxLength: 3 }),
    source: fc.constantFrom("text", "report", "owner"),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
);

/** The changes, each as often as it is delivered, in the order of delivery. */
const deliveries = changes.chain((said) =>
  fc.tuple(
    fc.constant(said),
    fc
      .array(fc.constantFrom(...said), { maxLength: 12 })
      .chain((again) => fc.shuffledSubarray([...said, ...again], { minLength: said.length + again.length })),
  ),
);

const fold = (all: readonly OptOutChange[]) => all.reduce<OptOutState | undefined>(foldOptOut, undefined);
const wordOf = (state: OptOutState | undefined) => state && { state: state.state, at: state.at, id: state.id };

it("comes to the same state in any order, however often each change is delivered", () => {
  fc.assert(
    fc.property(deliveries, ([said, delivered]) => {
      expect(wordOf(fold(delivered))).toEqual(wordOf(fold(said)));
    }),
    { numRuns: 1000 },
  );
});

it("has the state of the last word, and out when both were said last at once", () => {
  fc.assert(
    fc.property(deliveries, ([said, delivered]) => {
      const last = Math.max(...said.map(({ at }) => at.getTime()));
      const words = said.filter(({ at }) => at.getTime() === last).map(({ state }) => state);
      expect(fold(delivered)?.state).toBe(words.includes("out") ? "out" : "in");
    }),
    { numRuns: 1000 },
  );
});

it("lets each change open a state at most once, and its opener be of that state", () => {
  fc.assert(
    fc.property(deliveries, ([said, delivered]) => {
      const openers: string[] = [];
      let state: OptOutState | undefined;
      for (const change of delivered) {
        const before = state;
        state = foldOptOut(before, change);
        if (state.since !== before?.since) openers.push(state.since);
        // While the state stays, its opener stays: a second STOP is not confirmed.
        if (before?.state === state.state) expect(state.since).toBe(before.since);
        expect(said.find(({ id }) => id === state?.since)?.state).toBe(state.state);
      }
      expect(openers).toEqual([...new Set(openers)]);
    }),
    { numRuns: 1000 },
  );
});

it("is the very same object after a change that changes nothing", () => {
  const at = new Date("2026-11-20T09:30:00Z");
  const out = foldOptOut(undefined, { state: "out", at, id: "b", source: "text" });
  expect(foldOptOut(out, { state: "out", at, id: "b", source: "text" })).toBe(out);
  expect(foldOptOut(out, { state: "in", at, id: "z", source: "text" })).toBe(out);
  expect(foldOptOut(out, { state: "out", at, id: "a", source: "text" })).toBe(out);
  expect(foldOptOut(out, { state: "in", at: new Date(at.getTime() - 1), id: "c", source: "owner" })).toBe(out);
});
