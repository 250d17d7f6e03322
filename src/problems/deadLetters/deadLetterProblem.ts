import type { ProblemName } from "../../storage/problems.ts";

/** What the problem of a blob of container `dead-letters` is known by: the same whenever it is looked at. */
export function deadLetterProblem(blob: string): ProblemName {
  return { kind: "deadLetter", cause: "Event Grid gave up on a delivery", raw: `dead-letters/${blob}` };
}
