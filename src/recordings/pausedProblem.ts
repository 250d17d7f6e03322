import { type ProblemName, resolveProblem } from "../storage/problems.ts";

/** What the problem of a recording that somebody forgot to resume is known by. */
export function pausedProblem(recordingId: string): ProblemName {
  return { kind: "recordingPaused", cause: "A recording was paused and not resumed", raw: recordingId };
}

/** It goes on, or has ended. */
export function resolvePaused(recordingId: string): Promise<void> {
  return resolveProblem(pausedProblem(recordingId));
}
