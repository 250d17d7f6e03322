import type { InvocationContext } from "@azure/functions";

/** The queue that gave a job to the function. */
export function queueOf({ options }: InvocationContext): string {
  return String(options.trigger.queueName ?? "");
}
