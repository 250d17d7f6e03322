import { person } from "../../events/entities.ts";
import { type IdentifierKind, identifierKind } from "../../events/identifierKind.ts";
import type { Identifier } from "../../events/models.ts";
import { parseNumber } from "../../events/parseNumber.ts";

/** `anonymous`: a withheld number. */
export type CallerKind = IdentifierKind | "anonymous";

export const callerKinds = [
  "phoneNumber",
  "communicationUser",
  "microsoftTeamsUser",
  "microsoftTeamsApp",
  "teamsExtensionUser",
  "anonymous",
  "unknown",
] as const satisfies readonly CallerKind[];

/** Who calls or is called. */
export interface Party {
  /** E.164, a short code or a raw id; undefined for a withheld number. */
  id: string | undefined;
  kind: CallerKind;
}

export function partyOf(identifier: Identifier): Party {
  const rawId = identifier.rawId ?? "";
  // Also with an asserted id, as numbers have it.
  if (identifier.phoneNumber?.isAnonymous === true || /^4:anonymous(_|$)/.test(rawId))
    return { id: undefined, kind: "anonymous" };
  // Apps are nobody to `person`; a rule may name them all the same.
  const id = person(identifier)?.slice("person:".length) ?? (rawId || undefined);
  return { id, kind: identifierKind(identifier) };
}

/**
 * The one spelling of a number or raw id that an owner wrote, as `partyOf` gives it.
 * @returns undefined when it is neither
 */
export function partyId(text: string): string | undefined {
  const number = parseNumber(text);
  if (number !== undefined) return number;
  return /^\d{1,2}:[^\s/]+$/.test(text) ? partyOf({ rawId: text }).id : undefined;
}
