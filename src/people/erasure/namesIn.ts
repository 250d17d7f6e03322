// The names that events show of a person. Pure.
import type { AcsEvent } from "../../events/acsEvent.ts";
import { type Entity, person } from "../../events/entities.ts";
import { isObject } from "../../events/json.ts";
import type { Identifier } from "../../events/models.ts";

/** In the data of events: a name, and beside it who has it. */
const shown: readonly (readonly [name: string, who: string])[] = [
  ["senderDisplayName", "senderCommunicationIdentifier"],
  ["displayName", "participantCommunicationIdentifier"],
  ["displayName", "user"],
  ["callerDisplayName", "from"],
  ["name", "communicationIdentifier"],
];

/** Deeper than any documented member. */
const maxDepth = 6;

/** Longest name that is looked for. */
const longest = 200;

/** The names that an event in today's shape shows, and whose they are. */
export function namesShown({ data }: Pick<AcsEvent, "data">): { name: string; entity: Entity }[] {
  const found: { name: string; entity: Entity }[] = [];
  const look = (value: unknown, depth: number) => {
    if (typeof value !== "object" || value === null || depth === 0) return;
    if (isObject(value)) {
      for (const [name, who] of shown) {
        const entity = typeof value[name] === "string" ? whoIs(value[who]) : undefined;
        if (entity) found.push({ name: String(value[name]).trim().slice(0, longest), entity });
      }
    }
    for (const each of Object.values(value)) look(each, depth - 1);
  };
  look(data, maxDepth);
  return found.filter(({ name }) => name !== "" && !name.startsWith("erased:"));
}

/** The person of an identifier, or of a participant that holds one. */
export function whoIs(value: unknown): Entity | undefined {
  if (typeof value === "string") return person(value);
  if (!isObject(value)) return undefined;
  const { communicationIdentifier } = value;
  return person((isObject(communicationIdentifier) ? communicationIdentifier : value) as Identifier);
}
