import { isE164 } from "../../events/phoneNumber.ts";
import { checkHours } from "../../rules/checkHours.ts";
import { checkNumbers, type EntryKind } from "../../rules/checkNumbers.ts";
import { checkHoursNames, checkRuleNames } from "../../rules/checkRules.ts";
import type { Finding } from "../../rules/finding.ts";
import { numbersOf } from "../../rules/numbersOf.ts";
import type { IncomingCallRule, IncomingCalls } from "./incomingCalls.ts";
import { partyId, partyOf } from "./party.ts";

const parties: EntryKind = {
  parse: partyId,
  wanted: "a phone number with + and country code, a short code or a raw id such as 8:acs:…",
};

/** What a schema cannot say of `incoming-calls.json`: names that nothing bears, impossible times and numbers. Pure. */
export function checkIncomingCalls(document: IncomingCalls): Finding[] {
  const { rules, lists = {} } = document;
  return [
    ...checkHours(document),
    ...Object.entries(lists).flatMap(([name, list]) => checkNumbers(`/lists/${name}`, list, undefined, parties)),
    ...rules.flatMap((rule, index) => checkRule(`/rules/${index}`, rule, document)),
    ...checkRuleNames(rules),
  ];
}

function checkRule(path: string, rule: IncomingCallRule, { hours, lists = {} }: IncomingCalls): Finding[] {
  const found = checkHoursNames(path, rule, hours);
  for (const member of ["to", "from", "notFrom"] as const)
    found.push(...checkNumbers(`${path}/${member}`, rule[member], lists, parties));
  if (rule.redirect) found.push(...checkTarget(`${path}/redirect/to`, rule.redirect.to, rule, lists));
  return found;
}

/** A call can be redirected to numbers and users; a short code cannot be called. */
function checkTarget(
  instancePath: string,
  target: string,
  { to = [] }: IncomingCallRule,
  lists: Record<string, string[]>,
): Finding[] {
  const id = partyId(target);
  if (id === undefined || !(isE164(id) || (id.includes(":") && partyOf({ rawId: id }).kind !== "unknown")))
    return [{ instancePath, message: "is not a phone number with + and country code, or a raw id such as 8:acs:…" }];
  if (numbersOf(to, lists, partyId).has(id))
    return [{ instancePath, message: "is also in to: the call would come back for ever" }];
  return [];
}
