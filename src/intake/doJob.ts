import type { InvocationContext } from "@azure/functions";
import { AcsEventsError } from "../events/errors.ts";
import { asJson } from "../storage/asJson.ts";
import { raiseProblem } from "../storage/problems.ts";
import { tell } from "../telemetry/tell.ts";
import { queueOf } from "./queueOf.ts";

/** The members that a job must have, and their types. */
type Shape<J> = {
  readonly [M in keyof J as undefined extends J[M] ? never : M]: J[M] extends number ? "number" : "string";
};

/**
 * The handler of a job queue. What a retry may cure is thrown: the host gives the message again, and at last to the poison
 * queue. What it cannot cure becomes a problem at once.
 * @param shape what a job must hold; anyone with access to the queue can put something else there
 */
export function doJob<J extends object>(work: (job: J, context: InvocationContext) => Promise<void>, shape: Shape<J>) {
  return async (message: unknown, context: InvocationContext): Promise<void> => {
    try {
      await work(asJob(message, shape), context);
    } catch (error) {
      if (!(error instanceof AcsEventsError) || error.retryable) throw error;
      // Somebody had it erased while the job was on its way: it has nothing to do any more.
      if (error.code === "ACS_EVENTS_ERASED") return tell(context, "what the job is about was erased");
      const cause = `${context.functionName} cannot do a job: ${error.code}`;
      const raw = asJson(message);
      const source = { queue: queueOf(context), message: raw };
      await raiseProblem({ kind: "failedJob", cause, advice: error.message, raw, source });
      tell(context, { outcome: "problem", error: error.code });
      context.error(`${error.code}; see GET /api/problems`);
    }
  };
}

function asJob<J extends object>(message: unknown, shape: Shape<J>): J {
  const job = (typeof message === "object" ? message : null) as Record<string, unknown> | null;
  if (job && Object.entries(shape).every(([member, type]) => typeof job[member] === type)) return job as J;
  const expected = `A job with ${Object.keys(shape).join(" and ")} was expected on this queue.`;
  throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", expected);
}
