import { isEventObject, typeOf } from "./envelope.ts";
import type { Subscription } from "./subscription.ts";

/**
 * Whether a subscription's filter lets an event through. Types and subject affixes are compared without letter case,
 * as Event Grid does unless `isSubjectCaseSensitive` is set (https://learn.microsoft.com/azure/event-grid/event-filtering).
 */
export function matches(subscription: Subscription, event: unknown): boolean {
  const type = typeOf(event)?.toLowerCase();
  const subject = isEventObject(event) && typeof event.subject === "string" ? event.subject.toLowerCase() : "";
  const { includedEventTypes, subjectBeginsWith = "", subjectEndsWith = "" } = subscription;
  return (
    (includedEventTypes === undefined || includedEventTypes.some((included) => included.toLowerCase() === type)) &&
    subject.startsWith(subjectBeginsWith.toLowerCase()) &&
    subject.endsWith(subjectEndsWith.toLowerCase())
  );
}
