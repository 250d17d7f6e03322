import { checkHours } from "../../rules/checkHours.ts";
import { checkNumbers } from "../../rules/checkNumbers.ts";
import { checkHoursNames, checkRuleNames } from "../../rules/checkRules.ts";
import type { Finding } from "../../rules/finding.ts";
import { splitWords } from "../../rules/splitWords.ts";
import type { AutoReplies, AutoReplyRule } from "../autoReplies.ts";
import { longestReply } from "./longestReply.ts";
import { fixedText } from "./renderReply.ts";
import type { Segments } from "./segments.ts";

/** Counts what a text becomes: `countSegments`, which whoever checks loads with what it needs. */
type Count = (text: string) => Segments;

/** What a schema cannot say of `auto-replies.json`: names that nothing bears, impossible times, numbers and lengths. Pure. */
export function checkAutoReplies(document: AutoReplies, count: Count): Finding[] {
  const { rules, lists = {}, fallback, optOut = {} } = document;
  return [
    ...checkHours(document),
    ...Object.entries(lists).flatMap(([name, entries]) => checkNumbers(`/lists/${name}`, entries)),
    ...rules.flatMap((rule, index) => checkRule(`/rules/${index}`, rule, document, count)),
    ...checkRuleNames(rules, { fallback: "is what the fallback is called; choose another" }),
    ...checkLength("/fallback", fixedText(fallback ?? ""), count),
    ...Object.entries(optOut).flatMap(([name, reply]) => checkLength(`/optOut/${name}`, reply, count)),
  ];
}

function checkRule(
  path: string,
  rule: AutoReplyRule,
  { hours = {}, lists = {} }: AutoReplies,
  count: Count,
): Finding[] {
  const found = checkHoursNames(path, rule, hours);
  for (const member of ["to", "from", "notFrom"] as const)
    for (const one of checkNumbers(`${path}/${member}`, rule[member], lists)) found.push(one);
  for (const [index, keyword] of (rule.keywords ?? []).entries()) {
    if (splitWords(keyword).text === "")
      found.push({ instancePath: `${path}/keywords/${index}`, message: "has neither a letter, a digit nor an emoji" });
  }
  if (rule.match !== undefined && rule.keywords === undefined)
    found.push({ instancePath: `${path}/match`, message: "says nothing without keywords" });
  return [...found, ...checkLength(`${path}/reply`, fixedText(rule.reply ?? ""), count)];
}

function checkLength(instancePath: string, reply: string, countSegments: Count): Finding[] {
  // Counting takes its time, and what is short enough needs none.
  if (reply.length <= longestReply) return [];
  const { characters, segments, encoding } = countSegments(reply);
  const counted = `has ${characters} characters (${segments} segments in ${encoding})`;
  return [{ instancePath, message: `${counted}; ${longestReply} characters are allowed` }];
}
