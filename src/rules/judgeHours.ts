import { isOpen } from "./isOpen.ts";
import type { OpeningHours } from "./openingHours.ts";

/** Whether it is open, or closed, at a moment as a rule wants it; undefined when the rule does not ask. */
export function judgeHours(
  name: string | undefined,
  wanted: boolean,
  { hours = {}, timeZone }: { hours?: Record<string, OpeningHours>; timeZone?: string },
  at: Date,
): { yes: string } | { no: string } | undefined {
  if (name === undefined) return undefined;
  const named = Object.hasOwn(hours, name) ? hours[name] : undefined;
  // A document that was checked has them.
  if (named === undefined) return { no: `no hours ${name}` };
  const { open, why } = isOpen(named, at, timeZone ?? "UTC");
  return open === wanted ? { yes: `${name} ${why}` } : { no: `${name} ${why}` };
}
