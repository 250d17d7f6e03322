// Who is who: all names of one and the same person.
//
//   names of the owner's word   people.json, PUT …/aliases        followed as far as they lead
//   names of an event's word    two ids in one identifier         followed, unless they would lead to another user of the owner's
//
// So a person has one user id of the owner's at most, and an event can never make two of the owner's people one.
import type { Entity } from "../../events/entities.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { readAliases } from "../../storage/personAliases.ts";
import { loadPeople } from "./loadPeople.ts";
import { peopleIn } from "./peopleIn.ts";
import { isNobody, kindOf, personNamed } from "./personNamed.ts";

export interface Person {
  /** As events spell it. */
  identifier: string;
  /** `person:…`, the identifier's own first. */
  entities: Entity[];
  /** The owner's own id of the user, if it is known. */
  userId?: string;
  /** By whose word each name is the person's. */
  sources: ReadonlyMap<Entity, Source>;
}

/** It was asked for; the owner said so in people.json, or by an alias; an event shows it. */
export type Source = "asked" | "people.json" | "alias" | "event";

/** Names of one person. */
const maxNames = 100;

/** Names in the order in which they were found. */
type Names = Map<Entity, Source>;

/**
 * The person of an identifier; one of whom nothing is known has that name alone.
 * @throws AcsEventsError as personNamed does; ACS_EVENTS_PERSON_AMBIGUOUS (409) when the owner's word makes two users one, or more than 100
 * names
 */
export async function resolvePerson(identifier: string): Promise<Person> {
  const start = await personNamed(identifier);
  const { names, heard } = await groupOf(start, "asked");
  for (let joined = true; joined; ) {
    joined = false;
    const others = [...heard].filter((name) => !names.has(name));
    const groups = await Promise.all(others.map((name) => groupOf(name, "event")));
    const known = userIdsOf(names.keys());
    const told = new Set(groups.flatMap(({ users }) => users));
    for (const { users, ...group } of groups) {
      // Names that lead to several users lead to none, unless this is one of them.
      if (users.some((user) => (known.length > 0 ? !known.includes(user) : told.size > 1))) continue;
      for (const [name, source] of group.names) {
        if (names.has(name)) continue;
        names.set(name, source);
        joined = true;
      }
      for (const name of group.heard) heard.add(name);
    }
    if (names.size > maxNames) throw tooMany();
  }
  const [userId] = userIdsOf(names.keys());
  return {
    identifier: start.slice("person:".length),
    entities: [...names.keys()],
    ...(userId !== undefined && { userId }),
    sources: names,
  };
}

/** All names that the owner's word makes one with a name, and those that events say besides. */
async function groupOf(start: Entity, source: Source): Promise<{ names: Names; heard: Set<Entity>; users: string[] }> {
  const names: Names = new Map([[start, source]]);
  const heard = new Set<Entity>();
  const written = peopleIn(await loadPeople());
  const add = async (name: Entity, by: Source) => {
    if (names.has(name) || (await isNobody(name))) return;
    if (by === "event") {
      heard.add(name);
      return;
    }
    heard.delete(name);
    names.set(name, by);
  };
  // A map is walked in the order in which it grows.
  for (const name of names.keys()) {
    for (const other of written.get(name) ?? []) await add(other, "people.json");
    for (const row of await readAliases(name)) {
      if (row.state === "joined") await add(row.name as Entity, row.source === "owner" ? "alias" : "event");
    }
    if (names.size > maxNames || heard.size > maxNames) throw tooMany();
  }
  const users = userIdsOf(names.keys());
  if (users.length > 1) throw ambiguous(users);
  return { names, heard, users };
}

function userIdsOf(names: Iterable<Entity>): string[] {
  return [...names].filter((name) => kindOf(name) === "userId").map((name) => name.slice("person:".length));
}

function ambiguous(users: readonly string[]): AcsEventsError {
  return new AcsEventsError(
    "ACS_EVENTS_PERSON_AMBIGUOUS",
    `people.json and the aliases make one person of ${users.length} users of yours; the details name them. Take the name that they share away from one of them.`,
    { status: 409, target: "identifier", details: users.slice(0, 20).map((userId) => ({ userId })) },
  );
}

function tooMany(): AcsEventsError {
  return new AcsEventsError(
    "ACS_EVENTS_PERSON_AMBIGUOUS",
    `This person has more than ${maxNames} names. Take those away that are not theirs.`,
    { status: 409, target: "identifier" },
  );
}
