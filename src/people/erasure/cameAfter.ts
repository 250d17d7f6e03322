import { membersOf, schemaOf } from "../../events/envelope.ts";
import { parseEventTime } from "../../events/eventTime.ts";
import { isObject } from "../../events/json.ts";
import type { Work } from "./work.ts";

/** Whether an event was sent after the erasure that is applied again, or nobody knows when it was; never while an erasure goes on. */
export function cameAfter({ until }: Pick<Work, "until">, raw: unknown): boolean {
  if (until === undefined) return false;
  const { time } = isObject(raw) ? membersOf(raw, schemaOf(raw)) : {};
  const sent = typeof time === "string" ? parseEventTime(time) : undefined;
  return sent === undefined || Date.parse(sent) > until;
}
