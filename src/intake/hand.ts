import type { InvocationContext } from "@azure/functions";
import { traced } from "../telemetry/spans.ts";
import { type Job, queues } from "./jobs.ts";

/** Hands jobs to the function's outputs; the host puts them on the queues after the function has returned. */
export function hand(jobs: readonly Job[], context: InvocationContext): void {
  for (const [queue, binding] of Object.entries(queues)) {
    const messages = jobs.flatMap((job) => (job.queue === queue ? [traced(job.message)] : []));
    if (messages.length > 0) context.extraOutputs.set(binding, messages);
  }
}
