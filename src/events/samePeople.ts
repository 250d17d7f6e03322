// Names that an event itself shows to be one person's.
import { type Entity, person } from "./entities.ts";
import { isObject, type JsonObject } from "./json.ts";

/** Members that a user fills as they like: what stands in them is nobody's word but theirs. */
const freeForm = new Set(["metadata", "properties", "customContext", "content", "media", "interactive", "button"]);

/** An identifier has two names at most in ACS; an event with many of them is forged. */
const maxPairs = 20;

/** Identifiers stand no deeper in any event; hostile ones are nested without end. */
const maxDepth = 6;

/** What no identifier of ACS holds would make storage refuse the row, and the event with it. */
const joinable = /^person:[^\s\p{Cc}\p{Cs}]{1,256}$/u;

/** A business-scoped id of WhatsApp stands beside the number of the same end. */
const besides = { fromBSUID: "from", toBSUID: "to" } as const;

/**
 * Pairs of entities that are one person because one identifier has both, such as a raw id and a phone number. A withheld number, an app and
 * somebody who did not sign in join nothing.
 */
export function samePeople(data: JsonObject): [Entity, Entity][] {
  const pairs: [Entity, Entity][] = [];
  const add = ([first, ...others]: readonly Entity[]) => {
    for (const other of others) if (first !== undefined && pairs.length < maxPairs) pairs.push([first, other]);
  };
  for (const [id, number] of Object.entries(besides)) add(distinct(nameIn(data[number]), nameIn(data[id])));
  const look = (value: unknown, depth: number): void => {
    if (depth > maxDepth) return;
    if (Array.isArray(value)) for (const one of value) look(one, depth + 1);
    else if (isObject(value)) {
      if (typeof value.rawId === "string") add(namesOf(value));
      for (const [member, inner] of Object.entries(value)) if (!freeForm.has(member)) look(inner, depth + 1);
    }
  };
  look(data, 0);
  return pairs;
}

/** The names of an identifier, its raw id first. */
function namesOf({ rawId, communicationUser, phoneNumber, microsoftTeamsUser, teamsExtensionUser }: JsonObject) {
  const [user, phone, teams, extension] = [communicationUser, phoneNumber, microsoftTeamsUser, teamsExtensionUser].map(
    (member) => (isObject(member) && member.isAnonymous !== true ? member : {}),
  );
  const first = nameIn(rawId);
  if (first === undefined) return [];
  return distinct(first, nameIn(user?.id), nameIn(phone?.value), teamsUser(teams), teamsUser(extension));
}

const clouds: Readonly<Record<string, string>> = { public: "orgid", dod: "dod", gcch: "gcch" };

/** A user of Teams, also behind a user of Teams Phone extensibility, by the object id in Entra. */
function teamsUser({ userId, cloud = "public" }: JsonObject = {}): Entity | undefined {
  const prefix = typeof cloud === "string" ? clouds[cloud.toLowerCase()] : undefined;
  return typeof userId === "string" && userId !== "" && prefix ? person(`8:${prefix}:${userId}`) : undefined;
}

function nameIn(value: unknown): Entity | undefined {
  return typeof value === "string" ? person(value) : undefined;
}

function distinct(...names: (Entity | undefined)[]): Entity[] {
  return [...new Set(names.filter((name): name is Entity => name !== undefined && joinable.test(name)))];
}
