import type { PlannedSlice } from "./planSlices.ts";

type Days = [PlannedSlice, ...PlannedSlice[]];

/** The days of a run in slices: one for each, or one for all. */
export async function* inSlices(days: AsyncIterable<PlannedSlice>, eachDay: boolean): AsyncGenerator<Days> {
  const all: PlannedSlice[] = [];
  for await (const day of days) {
    if (eachDay) yield [day];
    else all.push(day);
  }
  const [first, ...others] = all;
  if (first) yield [first, ...others];
}
