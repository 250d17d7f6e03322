import type { InvocationContext } from "@azure/functions";
import { asJson } from "../storage/asJson.ts";
import { raiseProblem } from "../storage/problems.ts";

/**
 * @returns the handler of the poison queue of `functionName`. The problem keeps the whole job, because the host deletes the
 * message once it is told of.
 */
export function raisePoisoned(functionName: string) {
  return async (job: unknown, context: InvocationContext): Promise<void> => {
    await raiseProblem({
      kind: "poisonedJob",
      cause: `${functionName} gave up on a job`,
      advice: `Find the errors of ${functionName} for this job in the logs, mend their cause, and send the job again.`,
      raw: asJson(job),
    });
    context.error(`${functionName} gave up on a job; see table problems`);
  };
}
