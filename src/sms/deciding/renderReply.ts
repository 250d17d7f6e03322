import { localTime } from "../../rules/localTime.ts";
import type { Text } from "../text.ts";

/** Longest value of a placeholder, in UTF-16 units: a text with it stays well below the limit of ACS. */
const longestValue = 160;
/** What is looked at to find that much; a text from outside has any length. */
const looksAt = 4 * longestValue;

const placeholder = /\{\{|\}\}|\{(from|to|message|time|keyword)\}/g;
/** Controls, line breaks and what turns the direction of writing: a sender could make the rest of the reply look like another one. */
const unfit = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu;
/** Made at first use: it takes milliseconds of a cold start. */
let graphemes: Intl.Segmenter | undefined;

/**
 * Fills in a reply's placeholders. One pass: what a value holds is never looked at again. {time} is `2026-12-25 10:00`, when the text
 * was received.
 * @param keyword of the rule, as its owner wrote it
 * @param timeZone IANA name
 */
export function renderReply(template: string, text: Text, timeZone: string, keyword = ""): string {
  const { date, clock } = localTime(text.receivedAt, timeZone);
  const { from, to, message } = text;
  const values: Record<string, string> = { from, to, message, keyword, time: `${date} ${clock}` };
  return template.replace(placeholder, (braces, name?: string) =>
    name === undefined ? braces.slice(1) : plain(values[name] ?? ""),
  );
}

/** A reply's own characters, without those of its values. */
export function fixedText(template: string): string {
  return template.replace(placeholder, (braces, name?: string) => (name === undefined ? braces.slice(1) : ""));
}

/** A value as one line of bounded length, cut between what people see as characters. */
function plain(value: string): string {
  const line = value.slice(0, looksAt).toWellFormed().replace(unfit, " ").trim();
  if (line.length <= longestValue) return line;
  let cut = "";
  graphemes ??= new Intl.Segmenter("und", { granularity: "grapheme" });
  for (const { segment } of graphemes.segment(line)) {
    if (cut.length + segment.length > longestValue) break;
    cut += segment;
  }
  return cut.trimEnd();
}
