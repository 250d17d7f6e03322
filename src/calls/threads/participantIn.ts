// How the events name people, and what they attach.
import { canonicalJson } from "../../events/canonicalJson.ts";
import { defined } from "../../events/defined.ts";
import { idOf } from "../../events/entities.ts";
import { isObject, type JsonObject } from "../../events/json.ts";
import type { Identifier } from "../../events/models.ts";
import type { Participant } from "./fragment.ts";

/** The raw id of an identifier of an event. */
export function idIn(who: Identifier | undefined): string | undefined {
  return who && (idOf(who) || undefined);
}

/** A participant of a thread, as an event lists one. */
export function participantIn(listed: {
  displayName?: string;
  participantCommunicationIdentifier?: Identifier;
  metadata?: unknown;
}): Participant {
  return defined({
    id: idIn(listed.participantCommunicationIdentifier),
    displayName: listed.displayName || undefined,
    metadata: metadataIn(listed.metadata),
  });
}

/** Names and values, as ACS documents them: of texts. What is no plain value is written as JSON; an empty list is none. */
export function metadataIn(metadata: unknown): JsonObject | undefined {
  if (!isObject(metadata)) return undefined;
  const entries = Object.entries(metadata).map(([name, value]) => [
    name,
    typeof value === "object" ? canonicalJson(value) : value,
  ]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
