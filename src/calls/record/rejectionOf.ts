import type { CallEvent } from "./callEvent.ts";
import type { CallDecision } from "./decisionsOn.ts";
import { saysConnected } from "./saysConnected.ts";

/**
 * The decision that ended a call before anybody was in it: the last time that it rang it was rejected, and each time before rejected or
 * sent on. While it rings elsewhere too, and when somebody was in the call already, a rejection ends nothing but that ringing.
 * @param events in order of time
 * @param decisions by the identity of the event
 */
export function rejectionOf(
  events: readonly Pick<CallEvent, "name" | "identity">[],
  decisions: ReadonlyMap<string, CallDecision>,
): CallDecision | undefined {
  if (events.some(saysConnected)) return undefined;
  const rings = events.filter(({ name }) => name === "IncomingCall").map(({ identity }) => decisions.get(identity));
  const over = rings.every((decision) => decision?.state === "rejected" || decision?.state === "redirected");
  const last = rings.at(-1);
  return over && last?.state === "rejected" ? last : undefined;
}
