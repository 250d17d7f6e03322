import { expect, it } from "vitest";
import { inFlight } from "../../src/storage/inFlight.ts";

/** Counts up, and says how far it was read. */
function counter(to: number) {
  const state = { read: 0 };
  async function* count() {
    while (state.read < to) yield state.read++;
  }
  return { state, items: count() };
}

it("gives what comes of many items in their order, and reads few of them ahead", async () => {
  const { state, items } = counter(10_000);
  const begun = new Set<number>();
  let most = 0;
  let next = 0;
  const work = async (item: number) => {
    begun.add(item);
    most = Math.max(most, begun.size);
    // Later ones are ready first.
    if (item % 2 === 0) for (let turn = 0; turn < 5; turn++) await undefined;
    return item;
  };
  for await (const item of inFlight(items, 8, work)) {
    expect(item).toBe(next++);
    expect(state.read - item).toBeLessThanOrEqual(8);
    begun.delete(item);
  }
  expect([next, most]).toEqual([10_000, 8]);
});

it("ends with the trouble of an item when its turn comes", async () => {
  const done: number[] = [];
  const run = async () => {
    const work = async (item: number) => (item === 3 ? Promise.reject(new Error("storage is down")) : item);
    for await (const item of inFlight(counter(10).items, 4, work)) done.push(item);
  };
  await expect(run()).rejects.toThrow("storage is down");
  expect(done).toEqual([0, 1, 2]);
});
