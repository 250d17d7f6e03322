// An event that others share, without one of its people: every text that names the person, and all that the person wrote. Pure.
import { erasedContext } from "../../calls/incoming/callRow.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { isObject } from "../../events/json.ts";
import type { Finder } from "./finder.ts";
import { whoIs } from "./namesIn.ts";

const erasedText = "[erased]";

/** What the sender of a message wrote. */
const written = /^(messageBody|metadata)$/i;

/** Members that say whose the object around them is, as received; old shapes have plain ids there. */
const owners =
  /^(participantCommunicationIdentifier|communicationIdentifier|memberId|senderCommunicationIdentifier|senderId|user|from)$/i;

/** What belongs to whom the object around it is about. */
const ofOwner = /^(displayName|senderDisplayName|callerDisplayName|name|metadata|userAgent)$/i;

/** A name, of whomever. */
const nameOfWhom = /name$/i;

/** Texts of the service, which name nobody by a name that people have. */
const ofService = /^(type|kind|role|state|status|.*(Id|Time|Type|Location|Reason))$/i;

/**
 * @param event as `accept` read it
 * @returns the event as received, without the person; `raw` itself when nothing in it is of the person
 */
export function redactEvent(event: AcsEvent, finder: Finder): unknown {
  const { entities, token } = finder.subject;
  const isPerson = (value: unknown) => {
    const entity = whoIs(value);
    return entity !== undefined && entities.includes(entity);
  };
  const takesPart = event.entities.some((entity) => entities.includes(entity));
  const wrote = isPerson(event.data.senderCommunicationIdentifier);
  const rings = event.name === "IncomingCall" && takesPart;
  const called = rings && isPerson(event.data.from);
  let changed = false;

  const noted = (before: string, after: string) => {
    if (after !== before) changed = true;
    return after;
  };
  const withoutIds = (value: string, member = "") => noted(value, finder.redact(value, member));

  const erase = (value: unknown, by: string): unknown => {
    if (typeof value === "string") return value === "" ? value : noted(value, by);
    if (Array.isArray(value)) return value.map((each) => erase(each, by));
    if (isObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [withoutIds(name), erase(each, by)]));
    }
    return value;
  };

  const text = (value: string, depth: number, member: string): string => {
    if (depth > 1 && nameOfWhom.test(member)) return noted(value, finder.redactName(value));
    const plain = withoutIds(value, member);
    return depth <= 1 || ofService.test(member) ? plain : noted(plain, finder.redactNames(plain));
  };

  /** @param depth 0: the envelope, 1: its data */
  const walk = (value: unknown, depth: number, member: string): unknown => {
    if (typeof value === "string") return text(value, depth, member);
    if (typeof value === "number") return finder.finds(String(value)) ? withoutIds(String(value)) : value;
    if (Array.isArray(value)) return value.map((each) => walk(each, depth + 1, member));
    if (!isObject(value)) return value;
    const owner = ownerOf(value, isPerson);
    const part = (name: string, each: unknown) => {
      if (depth === 1 && wrote && written.test(name)) return erase(each, erasedText);
      // It names both ends of the call, in an encoding of its own. What the app decided on the call is found by its hash.
      if (depth === 1 && rings && name === "incomingCallContext" && typeof each === "string") {
        return each === "" ? each : noted(each, erasedContext(each));
      }
      if (depth === 1 && called && name === "customContext") return erase(each, erasedText);
      if (!ofOwner.test(name) || owner === undefined) return walk(each, depth + 1, name);
      if (owner === "person") return erase(each, token);
      // A name that somebody else bears is theirs, also where the person has the same.
      return typeof each === "string" ? withoutIds(each) : walk(each, depth + 1, name);
    };
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [withoutIds(name), part(name, each)]));
  };

  const redacted = walk(event.raw, 0, "");
  return changed ? redacted : event.raw;
}

/** Whose an object is: the person's, somebody else's, or nobody's. */
function ownerOf(value: object, isPerson: (value: unknown) => boolean): "person" | "other" | undefined {
  const named = Object.entries(value).filter(([name, each]) => owners.test(name) && whoIs(each) !== undefined);
  if (named.length === 0) return undefined;
  return named.some(([, each]) => isPerson(each)) ? "person" : "other";
}
