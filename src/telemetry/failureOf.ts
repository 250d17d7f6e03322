import { AcsEventsError } from "../events/errors.ts";

/** An error in a word, for logs and spans: its message may hold what a stranger wrote. */
export function failureOf(error: unknown): string {
  if (error instanceof AcsEventsError) return error.code;
  return error instanceof Error ? error.name : "not an error";
}
