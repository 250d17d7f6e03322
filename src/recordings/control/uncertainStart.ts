import { type ProblemName, resolveProblem } from "../../storage/problems.ts";

/** What the problem of a start without an answer is known by. @param locator as locatorKey gives it */
export function uncertainStart(locator: string): ProblemName {
  const cause = "A recording was asked for, and ACS's answer never came: it may be running";
  return { kind: "recordingStartUncertain", cause, raw: locator };
}

/** A recording of the call is known, or it is known that there is none. */
export function resolveUncertainStart(locator: string): Promise<void> {
  return resolveProblem(uncertainStart(locator));
}
