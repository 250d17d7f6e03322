import { raiseProblem, resolveProblem } from "../../storage/problems.ts";
import type { CallRow } from "./callRow.ts";
import type { CallAction } from "./decideIncomingCall.ts";

const verbs = { redirect: "redirected", reject: "rejected", answer: "answered" };

/** What is said of one call, whatever failed: the same at each try. */
function problemOf({ action }: CallRow, raw: string) {
  const { kind } = JSON.parse(action) as CallAction;
  return { kind: "incomingCallFailed", cause: `An incoming call could not be ${verbs[kind]}`, raw };
}

/** @param reason without numbers and ids */
export function raiseFailed(row: CallRow, reason: string, blob: string): Promise<void> {
  return raiseProblem({ ...problemOf(row, blob), advice: `${reason} Rule: ${row.rule}.` });
}

/** A later try succeeded. */
export function resolveFailed(row: CallRow, blob: string): Promise<void> {
  return resolveProblem(problemOf(row, blob));
}
