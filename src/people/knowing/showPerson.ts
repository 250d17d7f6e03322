// `GET /api/people/{identifier}`: what is held about a person, newest first.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { httpHandler } from "../../http/httpHandler.ts";
import { bounded, type PageQuery, pageAnswer, pageQuery } from "../../http/pageQuery.ts";
import type { PersonRow } from "./eventsOfPerson.ts";
import { identifierInPath } from "./identifierInPath.ts";
import { newestRows } from "./newestRows.ts";
import { optOutsOf } from "./optOutsOf.ts";
import { kindOf } from "./personNamed.ts";
import { requireHeld } from "./requireHeld.ts";
import { type Person, resolvePerson } from "./resolvePerson.ts";
import { linkOf, type Thing, thingIn } from "./thingIn.ts";

/** Row keys of the timeline: the time of an event, and its identity or the id of a text of ours. */
const keys = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z_[0-9a-f-]{36,64}$/;

/** The handler of `GET /api/people/{identifier}`. */
export const showPerson = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const person = await resolvePerson(identifierInPath(request.params));
  const query = pageQuery(request, "What is held is shown when it is of a time between the two.", keys);
  const page = await pageOf(person, query);
  const optOuts = query.after === undefined ? await optOutsOf(person.entities) : undefined;
  if (page.value.length === 0) await requireHeld(person);
  const { headers, jsonBody } = pageAnswer(page);
  const about = {
    identifier: person.identifier,
    ...(person.userId !== undefined && { userId: person.userId }),
    names: person.entities.map((entity) => ({
      identifier: entity.slice("person:".length),
      kind: kindOf(entity),
      source: person.sources.get(entity),
    })),
    ...(optOuts && { optOuts: optOuts.value, ...(optOuts.cut && { optOutsCut: true }) }),
  };
  return { headers, jsonBody: { ...about, ...jsonBody } };
});

async function pageOf({ entities }: Person, { pageSize, after, ...span }: PageQuery) {
  const before = after ?? `${new Date(bounded(span).to + 1).toISOString().slice(0, 23)}`;
  const rows = await newestRows(entities, { before, from: span.from }, pageSize + 1);
  const next = rows.length > pageSize ? rows[pageSize - 1]?.rowKey : undefined;
  return { value: rows.slice(0, pageSize).map(itemOf), ...(next !== undefined && { next }) };
}

function itemOf(row: PersonRow): object {
  const thing = thingIn(row);
  return {
    ...(row.time && { time: row.time }),
    type: row.type,
    family: row.family,
    name: row.entity.slice("person:".length),
    ...(thing && { about: shown(thing), link: linkOf(thing) }),
    // Blob name in container `events`; a text of ours and a part in a recording are no events.
    ...(row.blob && { event: row.blob }),
  };
}

function shown(thing: Thing): object {
  if (thing.kind !== "call") return thing;
  const [kind = "", ...id] = thing.name.split(":");
  return { kind: "call", [kind]: id.join(":") };
}
