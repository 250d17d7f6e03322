import type { InvocationContext } from "@azure/functions";

/** Id of the queue message that an invocation works at; the same when the queue gives it again. */
export function workingMessage({ triggerMetadata, invocationId }: InvocationContext): string {
  return String(triggerMetadata?.id ?? invocationId);
}
