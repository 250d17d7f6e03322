// Which letters of a blob were taken in, as a column holds it: how many there are, and a bit for each. When letters were taken out since,
// the number is another, and each is looked at anew.

/** Longest text in a column of a table, in characters. */
const columnLength = 32_000;

export interface TakenLetters {
  has(index: number): boolean;
  add(index: number): void;
  /** As a column holds it; empty when it holds too little for all. */
  text(): string;
}

export function takenLetters(kept: string | undefined, count: number): TakenLetters {
  const bits = Buffer.alloc(Math.ceil(count / 8));
  const [of, base64 = ""] = (kept ?? "").split(":");
  if (of === String(count)) Buffer.from(base64, "base64").copy(bits);
  return {
    has: (index) => ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0,
    add(index) {
      bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
    },
    text() {
      const text = `${count}:${bits.toString("base64")}`;
      return text.length > columnLength ? "" : text;
    },
  };
}
