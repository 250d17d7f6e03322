import { raiseProblem, resolveProblem } from "../../storage/problems.ts";
import type { CallRow } from "./callRow.ts";
import type { CallAction } from "./decideIncomingCall.ts";

const verbs = { redirect: "redirected", reject: "rejected", answer: "answered" };

/** What is said of one call, whatever failed and whichever event of it came. */
function problemOf({ action, event }: CallRow) {
  const { kind } = JSON.parse(action) as CallAction;
  const cause = `An incoming call was to be ${verbs[kind]}, and ACS did not confirm it`;
  return { kind: "incomingCallFailed", cause, raw: event } as const;
}

/** A call failed. Its reason names no numbers and no ids. */
export function raiseFailed(row: CallRow): Promise<void> {
  const source = { container: "events", blob: row.event } as const;
  return raiseProblem({ ...problemOf(row), advice: `${row.reason} Rule: ${row.rule}.`, source });
}

/** It did not fail after all. */
export function resolveFailed(row: CallRow): Promise<void> {
  return resolveProblem(problemOf(row));
}
