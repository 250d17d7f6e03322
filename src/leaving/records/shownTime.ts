import { parseEventTime } from "../../events/eventTime.ts";

/** The first of these that is a time, in UTC; undefined when none is. */
export function shownTime(...times: (string | null | undefined)[]): string | undefined {
  for (const time of times) {
    const parsed = parseEventTime(time ?? "");
    if (parsed !== undefined) return parsed;
  }
  return undefined;
}
