// `PUT /api/people/{identifier}/aliases` and `DELETE …/aliases/{alias}`: the owner says who is who. Each is the same when done again.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import type { Entity } from "../../events/entities.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { validBody } from "../../http/validBody.ts";
import { readAliases, setByOwner } from "../../storage/personAliases.ts";
import { validateAliasesBody } from "../generated/validateAliasesBody.js";
import { identifierInPath } from "./identifierInPath.ts";
import { personNamed } from "./personNamed.ts";
import { type Person, resolvePerson } from "./resolvePerson.ts";

/** The handler of PUT: the identifier has these aliases by the owner's word, and no others by it. */
export const putAliases = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const identifier = identifierInPath(request.params);
  const { aliases } = await validBody(request, validateAliasesBody);
  const own = await personNamed(identifier);
  const wanted = new Set<Entity>();
  for (const [index, alias] of aliases.entries()) wanted.add(await personNamed(alias, `aliases.${index}`));
  wanted.delete(own);
  await refuseTwoUsers([own, ...wanted]);
  for (const { name, source, state } of await readAliases(own)) {
    const other = name as Entity;
    if (source === "owner" && state === "joined" && !wanted.has(other)) await setByOwner(own, other, "parted");
  }
  for (const other of wanted) await setByOwner(own, other, "joined");
  return answer(await resolvePerson(identifier));
});

/** The handler of DELETE: the alias is not this person's, whatever events say; it stands alone then. */
export const deleteAlias = httpHandler(async ({ params }: HttpRequest): Promise<HttpResponseInit> => {
  const identifier = identifierInPath(params);
  const [own, alias] = [await personNamed(identifier), await personNamed(params.alias ?? "", "alias")];
  if (alias === own) throw refusal(400, "The alias is the identifier itself. Name another one of the person's.");
  for (const { name, state } of await readAliases(alias)) {
    if (state === "joined") await setByOwner(alias, name as Entity, "parted");
  }
  const person = await resolvePerson(identifier);
  if (person.entities.includes(alias)) {
    throw refusal(409, "config/people.json says that the two are one person. Take the identifier out there.");
  }
  return answer(person);
});

/** An alias joins whole people: it must not make two of the owner's users one. */
async function refuseTwoUsers(names: readonly Entity[]): Promise<void> {
  const people = await Promise.all(names.map((name) => resolvePerson(name.slice("person:".length))));
  const users = new Set(people.map(({ userId }) => userId).filter((userId) => userId !== undefined));
  if (users.size < 2) return;
  throw new AcsEventsError(
    "ACS_EVENTS_ALIAS_CONFLICT",
    "These identifiers belong to two users of yours; the details name them. DELETE …/aliases/{alias} takes an identifier away from one of them, or people.json.",
    { status: 409, target: "aliases", details: [...users].map((userId) => ({ userId })) },
  );
}

function answer({ identifier, userId, entities, sources }: Person): HttpResponseInit {
  const names = entities.map((name) => ({ identifier: name.slice("person:".length), source: sources.get(name) }));
  const jsonBody = { identifier, ...(userId !== undefined && { userId }), names };
  return { headers: { "cache-control": "no-store" }, jsonBody };
}

function refusal(status: 400 | 409, message: string): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_ALIAS_CONFLICT", message, { status, target: "alias" });
}
