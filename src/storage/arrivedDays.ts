import { firstArrived } from "./firstArrived.ts";

const day = 86_400_000;

/** The days (their begin, milliseconds since 1970) on which anything of these kinds arrived, from one on and before another, in order. */
export async function* arrivedDays(
  kinds: readonly string[],
  { from, to }: { from: number; to: number },
): AsyncGenerator<number> {
  for (let next = from; next < to; ) {
    const after = next;
    const found = await Promise.all(kinds.map((kind) => firstArrived(kind, after)));
    const first = Math.min(...found.filter((one) => one !== undefined));
    if (first >= to) return;
    yield first;
    next = first + day;
  }
}
