import { type CallName, idsOf } from "../../events/callName.ts";
import type { FoundCall } from "./findCall.ts";

/** Of all names of a call the one that leads to it: that of its earliest event with a serverCallId, else with any. */
export function principalOf(found: FoundCall): CallName {
  const withId = found.rows.filter(({ name }) => idsOf("serverCallId", [name]).length > 0);
  const [first] = withId.length > 0 ? withId : found.rows;
  const [serverCallId] = found.names.filter((name) => idsOf("serverCallId", [name]).length > 0);
  return first?.name ?? serverCallId ?? found.names[0] ?? "serverCallId:";
}
