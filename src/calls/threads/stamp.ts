// Times of a transcript: ISO 8601 in UTC with milliseconds, so that text order is time order.
import { parseEventTime } from "../../events/eventTime.ts";

/** Of what says no time at all; sorts first. */
export const undated = "1970-01-01T00:00:00.000Z";

/** Row keys hold times of 15 digits (newestFirst); ACS began in 2020. */
const [earliest, latest] = [Date.UTC(2015, 0), 99_999_999_999_999];

/**
 * ACS takes a thread's `version` and a message's id and version from its clock, in milliseconds; the time beside it is stamped up to some
 * 40 ms later (all official samples, catalogue of event types). A number that is further from the time is no time.
 */
const apart = 2_000;

/** A time of an event's data or envelope; undefined when it is none. */
export function stampOf(time: string | null | undefined): string | undefined {
  const parsed = parseEventTime(time ?? "");
  return parsed && fromMs(Date.parse(parsed));
}

/** The time that a message's id is. */
export function stampOfId(messageId: string): string | undefined {
  return /^\d{13}$/.test(messageId) ? stampOfVersion(Number(messageId)) : undefined;
}

/**
 * The time of a change by its version where that is one: unlike the time beside it, the version is surely the same in the copies for all
 * users.
 */
export function stampOfChange(version: unknown, time: string | undefined): string | undefined {
  const stamp = stampOfVersion(version);
  if (stamp === undefined || time === undefined) return time ?? stamp;
  return Math.abs(Date.parse(stamp) - Date.parse(time)) <= apart ? stamp : time;
}

function stampOfVersion(version: unknown): string | undefined {
  return typeof version === "number" && version >= earliest ? fromMs(Math.floor(version)) : undefined;
}

function fromMs(time: number): string | undefined {
  return time >= 0 && time <= latest ? new Date(time).toISOString() : undefined;
}
