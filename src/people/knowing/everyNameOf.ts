import type { Entity } from "../../events/entities.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { readAliases } from "../../storage/personAliases.ts";
import { loadPeople } from "./loadPeople.ts";
import { peopleIn } from "./peopleIn.ts";
import { resolvePerson } from "./resolvePerson.ts";

/** More are not followed: such a person is a mistake in the owner's lists. */
const most = 1_000;

/**
 * All names of a person; of one whom the lists make two, whatever is joined with the name, by whomever. For what must rather cover too many
 * than too few.
 */
export async function everyNameOf(entity: Entity): Promise<Entity[]> {
  try {
    return [...new Set([entity, ...(await resolvePerson(entity.slice("person:".length))).entities])];
  } catch (error) {
    if (!(error instanceof AcsEventsError)) throw error;
    if (error.code === "ACS_EVENTS_PERSON_AMBIGUOUS") return joined(entity);
    // A number that became one of ours since.
    if (error.code === "ACS_EVENTS_NOT_A_PERSON" || error.code === "ACS_EVENTS_BAD_REQUEST") return [entity];
    throw error;
  }
}

async function joined(start: Entity): Promise<Entity[]> {
  const names = new Set([start]);
  const written = peopleIn(await loadPeople());
  // A set is walked in the order in which it grows.
  for (const name of names) {
    for (const other of written.get(name) ?? []) names.add(other);
    for (const row of await readAliases(name)) if (row.state === "joined") names.add(row.name as Entity);
    if (names.size > most) break;
  }
  return [...names];
}
