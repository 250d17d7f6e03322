import { foldText } from "./foldText.ts";

/** A text as its words: what stands between them is one space, or nothing in scripts that write none. */
export interface Words {
  text: string;
  /** Where in `text` words begin and end. */
  starts: ReadonlySet<number>;
  ends: ReadonlySet<number>;
}

/** A run of letters and digits, or one emoji; all else separates. Made at first use: it takes milliseconds of a cold start. */
let run: RegExp | undefined;
const newRun = () =>
  /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|\p{Regional_Indicator}{1,2}|\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic})*/gu;

/** Scripts that write no spaces between words: only a dictionary finds those, that of ICU. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
let dictionary: Intl.Segmenter | undefined;

/** What is looked at, in UTF-16 units: more than a text can hold, and little enough for whatever a stranger sends. */
const looksAt = 10_000;

/** Splits a text into its words, in any language; without letter case and diacritics (foldText). */
export function splitWords(text: string): Words {
  const starts = new Set<number>();
  const ends = new Set<number>();
  let out = "";
  run ??= newRun();
  for (const [word] of foldText(text.slice(0, looksAt)).matchAll(run)) {
    if (out !== "") out += " ";
    starts.add(out.length);
    if (unspaced.test(word)) {
      dictionary ??= new Intl.Segmenter("und", { granularity: "word" });
      for (const { index, segment } of dictionary.segment(word)) {
        starts.add(out.length + index);
        ends.add(out.length + index + segment.length);
      }
    }
    out += word;
    ends.add(out.length);
  }
  return { text: out, starts, ends };
}
