/** Chance that repeats itself: the same seed gives the same choices in the same order. */
export interface Random {
  /** Whether something happens that does so in `share` of all cases (0 to 1). */
  chance(share: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** One of these; none of them must be undefined. */
  pick<const T>(choices: readonly [T, ...T[]]): T;
  /** These in another order. */
  shuffle<T>(things: readonly T[]): T[];
}

/** @param seed a whole number */
export function randomOf(seed: number): Random {
  const next = mulberry32(seed);
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    chance: (share) => next() < share,
    int,
    pick: (choices) => choices[int(0, choices.length - 1)] ?? choices[0],
    shuffle(things) {
      const left = [...things];
      return things.flatMap(() => left.splice(int(0, left.length - 1), 1));
    },
  };
}

/** mulberry32 (Tommy Ettinger, public domain): numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  // Seeds that follow each other would begin alike.
  let state = Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
