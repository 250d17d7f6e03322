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
}

/** Names of one person. */
const maxNames = 100;

/**
 * The person of an identifier; one of whom nothing is known has that name alone.
 * @throws AcsEventsError as personNamed does; ACS_EVENTS_PERSON_AMBIGUOUS (409) when the owner's word makes two users one, or more than 100
 * names
 */
export async function resolvePerson(identifier: string): Promise<Person> {
  const start = await personNamed(identifier);
  const names = new Set<Entity>([start]);
  const heard = new Set<Entity>();
  await follow(names, heard);
  for (let joined = true; joined; ) {
    joined = false;
    const others = [...heard].filter((name) => !names.has(name));
    const groups = await Promise.all(others.map((name) => groupOf(name)));
    const known = userIdsOf(names);
    const told = new Set([...known, ...groups.flatMap(({ users }) => users)]);
    for (const { group, users, heard: more } of groups) {
      // Names that lead to several users lead to none, unless this is one of them.
      if (users.some((user) => (known.length > 0 ? !known.includes(user) : told.size > 1))) continue;
      for (const name of group) {
        if (names.has(name)) continue;
        names.add(name);
        joined = true;
      }
      for (const name of more) heard.add(name);
    }
    if (names.size > maxNames) throw tooMany();
  }
  const [userId] = userIdsOf(names);
  return { identifier: start.slice("person:".length), entities: [...names], ...(userId !== undefined && { userId }) };
}

/** Adds to `names` all that the owner's word makes one with them, and to `heard` what events say besides. */
async function follow(names: Set<Entity>, heard: Set<Entity>): Promise<void> {
  const written = peopleIn(await loadPeople());
  // A set is walked in the order in which it grows.
  for (const name of names) {
    for (const other of written.get(name) ?? []) if (!(await isNobody(other))) names.add(other);
    for (const { name: other, source, state } of await readAliases(name)) {
      if (state === "parted" || (await isNobody(other as Entity))) continue;
      if (source === "owner") names.add(other as Entity);
      else heard.add(other as Entity);
    }
    if (names.size > maxNames || heard.size > maxNames) throw tooMany();
  }
  const users = userIdsOf(names);
  if (users.length > 1) throw ambiguous(users);
}

async function groupOf(name: Entity) {
  const group = new Set([name]);
  const heard = new Set<Entity>();
  await follow(group, heard);
  return { group, heard, users: userIdsOf(group) };
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
