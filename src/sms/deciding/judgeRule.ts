import { findKeyword } from "../../rules/findKeyword.ts";
import type { Judgement } from "../../rules/firstMatch.ts";
import { judgeHours } from "../../rules/judgeHours.ts";
import { numbersOf } from "../../rules/numbersOf.ts";
import type { Words } from "../../rules/splitWords.ts";
import type { AutoReplies, AutoReplyRule } from "../autoReplies.ts";
import type { Text } from "../text.ts";

/** What a rule is judged by. */
export interface Case {
  document: AutoReplies;
  text: Text;
  words: Words;
  firstContact: boolean;
}

/** A condition that does not hold, or what it found; undefined when the rule does not have it. */
type Answer = { no: string } | { yes: string; keyword?: string } | undefined;

/** Whether a rule fits a text, why, and by which keyword. */
export function judgeRule(
  rule: AutoReplyRule,
  { document, text, words, firstContact }: Case,
): Judgement & { keyword?: string } {
  const { lists } = document;
  const conditions: (() => Answer)[] = [
    () => within("to", text.to, rule.to, lists),
    () => within("from", text.from, rule.from, lists),
    () => without(text.from, rule.notFrom, lists),
    () => keyword(rule, words),
    () => judgeHours(rule.open, true, document, text.receivedAt),
    () => judgeHours(rule.closed, false, document, text.receivedAt),
    () => rule.firstContact && (firstContact ? { yes: "first contact" } : { no: "not the first contact" }),
  ];
  const reasons: string[] = [];
  let found: string | undefined;
  for (const condition of conditions) {
    const answer = condition();
    if (answer === undefined) continue;
    if ("no" in answer) return { fits: false, why: answer.no };
    reasons.push(answer.yes);
    found ??= answer.keyword;
  }
  const why = reasons.join(", ") || "it has no conditions";
  return { fits: true, why, ...(found === undefined ? {} : { keyword: found }) };
}

function within(member: string, number: string, entries: string[] | undefined, lists: AutoReplies["lists"]): Answer {
  if (entries === undefined) return undefined;
  return numbersOf(entries, lists).has(number) ? { yes: `${member} ${number}` } : { no: `${member}: not ${number}` };
}

function without(number: string, entries: string[] | undefined, lists: AutoReplies["lists"]): Answer {
  if (entries === undefined) return undefined;
  return numbersOf(entries, lists).has(number) ? { no: `notFrom: ${number}` } : { yes: "sender not excluded" };
}

function keyword({ keywords, match = "word" }: AutoReplyRule, words: Words): Answer {
  if (keywords === undefined) return undefined;
  const found = findKeyword(words, keywords, match);
  return found === undefined
    ? { no: `no keyword (${match})` }
    : { yes: `keyword "${found}" (${match})`, keyword: found };
}
