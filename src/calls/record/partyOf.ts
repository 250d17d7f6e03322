import { idOf } from "../../events/entities.ts";
import type { Identifier } from "../../events/models.ts";
import { textOf } from "./callEvent.ts";

export interface Party {
  rawId: string;
  kind: "communicationUser" | "phoneNumber" | "microsoftTeamsUser" | "microsoftTeamsApp" | "unknown";
}

/** How raw ids begin. https://learn.microsoft.com/azure/communication-services/concepts/identifiers */
const prefixes: readonly (readonly [RegExp, Party["kind"]])[] = [
  [/^4:/, "phoneNumber"],
  [/^8:(acs|spool|dod-acs|gcch-acs):/, "communicationUser"],
  [/^8:(orgid|teamsvisitor|dod|gcch):/, "microsoftTeamsUser"],
  [/^28:/, "microsoftTeamsApp"],
];

/** Who, in a form for readers; undefined for an identifier that says nothing. The raw id tells the kind: `kind` itself mostly is absent. */
export function partyOf(identifier: Identifier | undefined): Party | undefined {
  const rawId = textOf(identifier && idOf(identifier));
  if (rawId === undefined) return undefined;
  const bare = identifier?.phoneNumber !== undefined && identifier.rawId === undefined;
  const kind = bare ? "phoneNumber" : prefixes.find(([form]) => form.test(rawId))?.[1];
  return { rawId, kind: kind ?? "unknown" };
}
