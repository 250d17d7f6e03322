import { parseEventTime } from "../../events/eventTime.ts";

/** A time as a vCon has it (draft 2.2): a fraction of seconds only where it is not zero. Undefined for what is no time. */
export function vconDate(time: string | undefined): string | undefined {
  return parseEventTime(time ?? "")?.replace(/\.?0+Z$/, "Z");
}
