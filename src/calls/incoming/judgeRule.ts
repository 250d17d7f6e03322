import type { Judgement } from "../../rules/firstMatch.ts";
import { judgeHours } from "../../rules/judgeHours.ts";
import { numbersOf } from "../../rules/numbersOf.ts";
import type { IncomingCallRule, IncomingCalls } from "./incomingCalls.ts";
import { type CallerKind, type Party, partyId } from "./party.ts";
import { headerKey, type RingingCall } from "./ringingCall.ts";

/** A condition that holds or does not; undefined when the rule does not have it. */
type Answer = { no: string } | { yes: string } | undefined;
type Lists = IncomingCalls["lists"];

/** Whether a rule fits a call, and why. */
export function judgeRule(rule: IncomingCallRule, document: IncomingCalls, call: RingingCall): Judgement {
  const { lists } = document;
  const conditions: (() => Answer)[] = [
    () => within("to", call.to, rule.to, lists),
    () => within("from", call.from, rule.from, lists),
    () => without(call.from, rule.notFrom, lists),
    () => kind(call.from.kind, rule.callerKind),
    () => judgeHours(rule.open, true, document, call.at),
    () => judgeHours(rule.closed, false, document, call.at),
    ...Object.entries(rule.headers ?? {}).map(
      ([name, wanted]) =>
        () =>
          header(name, wanted, call),
    ),
  ];
  const reasons: string[] = [];
  for (const condition of conditions) {
    const answer = condition();
    if (answer === undefined) continue;
    if ("no" in answer) return { fits: false, why: answer.no };
    reasons.push(answer.yes);
  }
  return { fits: true, why: reasons.join(", ") || "it has no conditions" };
}

function isIn({ id }: Party, entries: string[], lists: Lists): boolean {
  return id !== undefined && numbersOf(entries, lists, partyId).has(id);
}

function within(member: string, party: Party, entries: string[] | undefined, lists: Lists): Answer {
  if (entries === undefined) return undefined;
  const shown = party.id ?? "a withheld number";
  return isIn(party, entries, lists) ? { yes: `${member} ${shown}` } : { no: `${member}: not ${shown}` };
}

function without(party: Party, entries: string[] | undefined, lists: Lists): Answer {
  if (entries === undefined) return undefined;
  return isIn(party, entries, lists) ? { no: `notFrom: ${party.id}` } : { yes: "caller not excluded" };
}

function kind(is: CallerKind, wanted: readonly CallerKind[] | undefined): Answer {
  if (wanted === undefined) return undefined;
  return wanted.includes(is) ? { yes: `callerKind ${is}` } : { no: `callerKind: not ${is}` };
}

function header(name: string, wanted: string | string[], { headers }: RingingCall): Answer {
  const values = headers.get(headerKey(name));
  if (values === undefined) return { no: `no header ${name}` };
  const found = values.find((value) => [wanted].flat().includes(value));
  return found === undefined ? { no: `header ${name}: another value` } : { yes: `header ${name} "${found}"` };
}
