import type { InvocationContext } from "@azure/functions";
import { AcsEventsError } from "../events/errors.ts";
import { raiseProblem } from "../storage/problems.ts";

/**
 * The handler of a job queue. What a retry may cure is thrown: the host gives the message again, and at last to the poison
 * queue. What it cannot cure becomes a problem at once.
 * @param members the names of the job's members, all text; anyone with access to the queue can put something else there
 */
export function doJob<J>(
  work: (job: J, context: InvocationContext) => Promise<void>,
  members: readonly (keyof J & string)[],
) {
  return async (message: unknown, context: InvocationContext): Promise<void> => {
    try {
      await work(asJob<J>(message, members), context);
    } catch (error) {
      if (!(error instanceof AcsEventsError) || error.retryable) throw error;
      const raw = JSON.stringify(message);
      const cause = `${context.functionName} cannot do ${raw}: ${error.code}`;
      await raiseProblem({ kind: "failedJob", cause, advice: error.message, raw });
      context.error(`${error.code}; see table problems`);
    }
  };
}

function asJob<J>(message: unknown, members: readonly (keyof J & string)[]): J {
  const job = (typeof message === "object" ? message : null) as Record<string, unknown> | null;
  if (job && members.every((member) => typeof job[member] === "string")) return job as J;
  const expected = `A job with ${members.join(" and ")} as text was expected on this queue.`;
  throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", expected);
}
