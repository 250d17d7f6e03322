import { firstMatch, type Tried } from "../../rules/firstMatch.ts";
import { splitWords } from "../../rules/splitWords.ts";
import type { AutoReplies } from "../autoReplies.ts";
import type { Text } from "../text.ts";
import { judgeRule } from "./judgeRule.ts";
import { longestReply } from "./longestReply.ts";
import { renderReply } from "./renderReply.ts";

/** What rules ask about and the document and the text do not say. */
export interface Facts {
  /** Whether the sender never texted this number of ours before. */
  firstContact: boolean;
  /** Whether a rule answered this sender within its cool-down; asked only of a rule that fits and has one. */
  coolingDown(rule: string, coolDownMs: number): boolean;
}

type Outcome =
  | { outcome: "reply"; reply: string; rule: string; coolDownMs: number }
  /** `reason` repeats nothing of the text. */
  | { outcome: "silence"; reason: string; rule?: string };

/** `trace` is for the owner's eyes: it names numbers and words. */
export type Evaluation = Outcome & { trace: Tried[] };

/**
 * What a text is answered with: the first rule that fits decides, else the fallback. Pure: the same document, text and facts give the
 * same evaluation. Opening hours and {time} go by `text.receivedAt`.
 */
export function evaluateRules(document: AutoReplies, text: Text, { firstContact, coolingDown }: Facts): Evaluation {
  const words = splitWords(text.message);
  const { first, trace } = firstMatch(document.rules, (rule) =>
    judgeRule(rule, { document, text, words, firstContact }),
  );
  const { fallback, timeZone = "UTC" } = document;
  if (fallback !== undefined)
    trace.push({ rule: "fallback", fits: !first, why: first ? `${first.id} fits` : "no rule fits" });

  if (!first) {
    if (fallback === undefined) return { outcome: "silence", reason: "no rule fits", trace };
    return { ...replied("fallback", renderReply(fallback, text, timeZone), 0), trace };
  }
  const { id, rule, judgement } = first;
  const coolDownMs = (rule.coolDownMinutes ?? 0) * 60_000;
  if (rule.reply === undefined) return { outcome: "silence", reason: "its rule says not to answer", rule: id, trace };
  if (coolDownMs > 0 && coolingDown(id, coolDownMs))
    return { outcome: "silence", reason: "its rule is cooling down", rule: id, trace };
  return { ...replied(id, renderReply(rule.reply, text, timeZone, judgement.keyword), coolDownMs), trace };
}

/** Whether a document asks if a sender texted before. */
export function needsFirstContact({ rules }: AutoReplies): boolean {
  return rules.some((rule) => rule.firstContact);
}

function replied(rule: string, reply: string, coolDownMs: number): Outcome {
  if (reply.trim() === "") return { outcome: "silence", reason: "the reply would be empty", rule };
  if (reply.length <= longestReply) return { outcome: "reply", reply, rule, coolDownMs };
  const reason = `the reply would have ${reply.length} characters; ${longestReply} are allowed`;
  return { outcome: "silence", reason, rule };
}
