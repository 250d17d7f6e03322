// What is done with a call that rings. Pure: the same document and call give the same decision.
import { firstMatch, type Tried } from "../../rules/firstMatch.ts";
import type { IncomingCallRule, IncomingCalls } from "./incomingCalls.ts";
import { judgeRule } from "./judgeRule.ts";
import { partyId } from "./party.ts";
import type { RingingCall } from "./ringingCall.ts";

export type CallAction =
  | { kind: "redirect"; to: string }
  | { kind: "reject"; reason: "none" | "busy" | "forbidden" }
  | { kind: "answer" };

/** `trace` is for the owner's eyes: it names numbers. */
export type CallDecision = { trace: Tried[]; rule?: string } & (
  | { action: CallAction }
  /** Why nothing is done; names nobody. */
  | { ignored: string }
);

/** The first rule that fits decides; a call that none fits is ignored. Opening hours go by `call.at`. */
export function decideIncomingCall(document: IncomingCalls, call: RingingCall): CallDecision {
  const { first, trace } = firstMatch(document.rules, (rule) => judgeRule(rule, document, call));
  if (!first) return { ignored: "no rule fits", trace };
  const action = actionOf(first.rule);
  const rule = first.id;
  if (action === undefined) return { ignored: "its rule says so", rule, trace };
  // It would ring there as a new incoming call, for ever.
  if (action.kind === "redirect" && action.to === call.to.id)
    return { ignored: "its rule redirects it to where it rings", rule, trace };
  return { action, rule, trace };
}

/** What a rule does; undefined for nothing. */
export function actionOf({ redirect, reject, answer }: IncomingCallRule): CallAction | undefined {
  if (redirect) return { kind: "redirect", to: partyId(redirect.to) ?? redirect.to };
  if (reject) return { kind: "reject", reason: reject };
  return answer ? { kind: "answer" } : undefined;
}
