import { splitWords, type Words } from "./splitWords.ts";

/** message: the whole text is the keyword. word: its words stand in the text, one after the other. start: the text begins with its characters. */
export type Match = "message" | "word" | "start";

/** Keywords do not change while their document is in force; a cache that may be dropped. */
const split = new WeakMap<readonly string[], Words[]>();

/** The first keyword that a text matches, as its owner wrote it; undefined when none does. */
export function findKeyword(text: Words, keywords: readonly string[], match: Match): string | undefined {
  let known = split.get(keywords);
  if (!known) {
    known = keywords.map(splitWords);
    split.set(keywords, known);
  }
  return keywords[known.findIndex((keyword) => keyword.text !== "" && matches(text, keyword.text, match))];
}

function matches({ text, starts, ends }: Words, keyword: string, match: Match): boolean {
  if (match === "message") return text === keyword;
  // Not within a letter: a vowel sign after the keyword makes another syllable of its last one.
  if (match === "start") return text.startsWith(keyword) && !/^\p{M}/u.test(text.slice(keyword.length));
  for (let at = text.indexOf(keyword); at !== -1; at = text.indexOf(keyword, at + 1)) {
    if (starts.has(at) && ends.has(at + keyword.length)) return true;
  }
  return false;
}
