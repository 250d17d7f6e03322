import { AcsEventsError } from "../../events/errors.ts";

/** The threadId of a path. The real host leaves an encoded slash as it is, unlike all else. */
export function threadInPath({ threadId = "" }: Record<string, string>): string {
  return threadId.replace(/%2f/gi, "/");
}

/** @returns the error for a thread of which nothing is known */
export function unknownThread(): AcsEventsError {
  const message = "No event of this chat thread came here. GET /api/threads lists those that are known.";
  return new AcsEventsError("ACS_EVENTS_UNKNOWN_THREAD", message, { status: 404, target: "threadId" });
}
