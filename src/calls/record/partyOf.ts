import { idOf } from "../../events/entities.ts";
import { type IdentifierKind, identifierKind } from "../../events/identifierKind.ts";
import type { Identifier } from "../../events/models.ts";
import { textOf } from "./callEvent.ts";

export interface Party {
  rawId: string;
  kind: IdentifierKind;
}

/** Who, in a form for readers; undefined for an identifier that says nothing. */
export function partyOf(identifier: Identifier | undefined): Party | undefined {
  const rawId = textOf(identifier && idOf(identifier));
  return identifier && rawId !== undefined ? { rawId, kind: identifierKind(identifier) } : undefined;
}
