// What a blob of container `dead-letters` holds: the events of one delivery, each with five members that say what happened.
// https://learn.microsoft.com/azure/event-grid/manage-event-delivery
import { isObject, type JsonObject } from "../../events/json.ts";
import { printable } from "../../events/printable.ts";
import { formerIdentity, formerIdentityOf } from "../../people/erasure/lettersWithout.ts";
import type { Redacted } from "../../storage/redacted.ts";

const history = [
  "deadLetterReason",
  "deliveryAttempts",
  "lastDeliveryOutcome",
  "publishTime",
  "lastDeliveryAttemptTime",
];
// The attributes of CloudEvents have no capitals.
const added = new Set([...history, ...history.map((name) => name.toLowerCase())]);

/** The dead-lettered events of a blob's JSON; a blob that holds one event and no list is read all the same. */
export function lettersOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [json];
}

/**
 * The event as Event Grid would have delivered it, and whether a person was taken out of it.
 * @param tombstone of the blob: without one nobody of this app marked its letters
 */
export function letterOf(letter: unknown, tombstone?: string): { raw: unknown; redacted?: Redacted | undefined } {
  if (!isObject(letter)) return { raw: letter };
  const identity = formerIdentityOf(letter);
  const redacted = tombstone !== undefined && identity !== undefined ? { identity, tombstone } : undefined;
  const isOfEvent = (name: string) => !added.has(name) && !(redacted && name === formerIdentity);
  return { raw: Object.fromEntries(Object.entries(letter).filter(([name]) => isOfEvent(name))), redacted };
}

/** Why Event Grid gave up, as `MaxDeliveryAttemptsExceeded, NotFound`. */
export function reasonOf(letter: unknown): string {
  const said = [memberOf(letter, "deadLetterReason"), memberOf(letter, "lastDeliveryOutcome")];
  return said.filter((text) => text !== "").join(", ") || "no reason given";
}

/** The event's type without its namespace. */
export function typeOf(letter: unknown): string {
  return (
    (memberOf(letter, "eventType") || memberOf(letter, "type")).replace(/^Microsoft\.Communication\./i, "") || "no type"
  );
}

function memberOf(letter: unknown, name: string): string {
  const object: JsonObject = isObject(letter) ? letter : {};
  const value = object[name] ?? object[name.toLowerCase()];
  return typeof value === "string" ? printable(value, 80) : "";
}
