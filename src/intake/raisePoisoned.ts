import type { InvocationContext } from "@azure/functions";
import { asJson } from "../storage/asJson.ts";
import { raiseProblem } from "../storage/problems.ts";
import { count } from "../telemetry/metrics.ts";
import { tell } from "../telemetry/tell.ts";
import { queueOf } from "./queueOf.ts";

/**
 * @returns the handler of the poison queue of `functionName`. The problem keeps the whole job, because the host deletes the
 * message once it is told of.
 */
export function raisePoisoned(functionName: string) {
  return async (job: unknown, context: InvocationContext): Promise<void> => {
    const raw = asJson(job);
    const queue = queueOf(context).replace(/-poison$/, "");
    await raiseProblem({
      kind: "poisonedJob",
      cause: `${functionName} gave up on a job`,
      advice: `Find the errors of ${functionName} for this job in the logs, mend their cause, and send the job again.`,
      raw,
      source: { queue, message: raw },
    });
    count("acs_events.poison", { queue });
    tell(context, { outcome: "poisoned", queue });
    context.error(`${functionName} gave up on a job; see GET /api/problems`);
  };
}
