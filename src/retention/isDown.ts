import { httpStatus } from "../storage/onDemand.ts";

/** Names of errors of storage's SDKs that got no answer. */
const unanswered = new Set(["RestError", "AbortError", "TimeoutError"]);

/** Whether storage is down or overloaded: any other call would meet the same. */
export function isDown(error: unknown): boolean {
  const status = httpStatus(error);
  if (status !== undefined) return status >= 500 || status === 429;
  return error instanceof Error && unanswered.has(error.name);
}
