// Who is who: all names of one and the same person.
//
//   a group     names that the owner's word makes one: people.json, PUT …/aliases. It has one user id of the owner's at most.
//   a region    groups without a user id that events join, and the users at its borders
//
// A region belongs to the user at its border. Between two users it belongs to neither, and each group in it stands for itself: so an event
// can never make two of the owner's users one, nor give one of them what is the other's. From each name of a person, all are found.
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
type Source = "asked" | "people.json" | "alias" | "event";

interface Group {
  /** In the order in which they were found. */
  names: ReadonlyMap<Entity, Source>;
  userId?: string;
  /** Names that events join with these. */
  heard: ReadonlySet<Entity>;
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
  const own = await groupOf(start, "asked");
  const around = own.userId === undefined ? await regionOf(own) : { groups: [own], users: [own] };
  const [user] = around.users;
  // The user's group, and the regions that have no other user at their borders.
  const groups = user === undefined ? around.groups : around.users.length > 1 ? [own] : await groupsOfUser(user);
  const sources = new Map(own.names);
  for (const { names } of groups) {
    for (const [name, source] of names) if (!sources.has(name)) sources.set(name, source);
  }
  if (sources.size > maxNames) throw tooMany();
  const userId = groups.find((group) => group.userId !== undefined)?.userId;
  return {
    identifier: start.slice("person:".length),
    entities: [...sources.keys()],
    ...(userId !== undefined && { userId }),
    sources,
  };
}

async function groupsOfUser(user: Group): Promise<Group[]> {
  const found = [user];
  const seen = new Set(user.names.keys());
  for (const name of user.heard) {
    if (seen.has(name)) continue;
    const group = await groupOf(name, "event");
    const { groups, users } = group.userId === undefined ? await regionOf(group) : { groups: [], users: [] };
    for (const one of groups) for (const each of one.names.keys()) seen.add(each);
    if (users.length === 1) found.push(...groups);
  }
  return found;
}

/** The region of a group without a user, and the groups of users at its borders. */
async function regionOf(start: Group): Promise<{ groups: Group[]; users: Group[] }> {
  const groups = [start];
  const users: Group[] = [];
  const seen = new Set(start.names.keys());
  // A list is walked while it grows.
  for (const { heard } of groups) {
    for (const name of heard) {
      if (seen.has(name)) continue;
      const group = await groupOf(name, "event");
      for (const each of group.names.keys()) seen.add(each);
      if (seen.size > maxNames) throw tooMany();
      if (group.userId === undefined) groups.push(group);
      else users.push(group);
    }
  }
  return { groups, users };
}

/** All names that the owner's word makes one with a name, and those that events say besides. */
async function groupOf(start: Entity, by: Source): Promise<Group> {
  const names = new Map<Entity, Source>([[start, by]]);
  const heard = new Set<Entity>();
  const written = peopleIn(await loadPeople());
  const add = async (name: Entity, source: Source) => {
    if (names.has(name) || (await isNobody(name))) return;
    if (source === "event") heard.add(name);
    else names.set(name, source);
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
  return { names, heard, ...(users[0] !== undefined && { userId: users[0] }) };
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
