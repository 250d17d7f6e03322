/**
 * Times several ways to do the same in turns, so that what else the machine does falls on all of them.
 * @returns of each, the milliseconds of each round
 */
export async function interleave<Name extends string>(
  ways: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(ways) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      // Each begins a round as often as any other: the first may pay for the garbage of the last.
      const name = names[(turn + round) % names.length] as Name;
      const started = performance.now();
      await ways[name]();
      times[name].push(performance.now() - started);
    }
  }
  return times;
}

/** The value below which a share of the values are; the median, unless another share is asked for. */
export function quantile(values: readonly number[], share = 0.5): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
