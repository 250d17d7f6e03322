import { person } from "../../events/entities.ts";
import type { Identifier } from "../../events/models.ts";
import { parseNumber } from "../../events/parseNumber.ts";

/** As ACS names the kinds of identifiers, and `anonymous` for a withheld number. */
export const callerKinds = [
  ...["phoneNumber", "communicationUser", "microsoftTeamsUser", "microsoftTeamsApp", "teamsExtensionUser"],
  ...["anonymous", "unknown"],
] as const;

export type CallerKind = (typeof callerKinds)[number];

/** Who calls or is called. */
export interface Party {
  /** E.164, a short code or a raw id; undefined for a withheld number. */
  id: string | undefined;
  kind: CallerKind;
}

/** How a raw id begins. Source: createIdentifierFromRawId of @azure/communication-common 2.5.0. */
const prefixes: [begins: RegExp, kind: CallerKind][] = [
  [/^4:anonymous/, "anonymous"],
  [/^4:/, "phoneNumber"],
  [/^8:(orgid|dod|gcch|teamsvisitor):/, "microsoftTeamsUser"],
  [/^28:(orgid|dod|gcch):/, "microsoftTeamsApp"],
  // A user of Teams Phone extensibility has tenant and user after the resource.
  [/^8:(acs|dod-acs|gcch-acs):[^_]+_[^_]+_/, "teamsExtensionUser"],
  [/^8:(acs|spool|dod-acs|gcch-acs):/, "communicationUser"],
];

export function partyOf(identifier: Identifier): Party {
  const rawId = identifier.rawId ?? "";
  if (identifier.phoneNumber?.isAnonymous === true) return { id: undefined, kind: "anonymous" };
  const kind = prefixes.find(([begins]) => begins.test(rawId))?.[1] ?? kindOf(identifier);
  // Apps are nobody to `person`; a rule may name them all the same.
  const id = person(identifier)?.slice("person:".length) ?? (kind === "anonymous" ? undefined : rawId || undefined);
  return { id, kind };
}

function kindOf(identifier: Identifier): CallerKind {
  if (identifier.phoneNumber) return "phoneNumber";
  if (identifier.communicationUser) return "communicationUser";
  if (identifier.microsoftTeamsUser) return "microsoftTeamsUser";
  if (identifier.microsoftTeamsApp) return "microsoftTeamsApp";
  return identifier.teamsExtensionUser ? "teamsExtensionUser" : "unknown";
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
