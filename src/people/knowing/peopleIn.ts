import type { Entity } from "../../events/entities.ts";
import type { People } from "./people.ts";
import { entityNamed } from "./personNamed.ts";

/** Documents do not change while they are in force; a cache that may be dropped. */
const known = new WeakMap<People, ReadonlyMap<Entity, readonly Entity[]>>();

/** Each name in the owner's document, with all names of its person. */
export function peopleIn(document: People): ReadonlyMap<Entity, readonly Entity[]> {
  const before = known.get(document);
  if (before) return before;
  const names = new Map<Entity, readonly Entity[]>();
  for (const { id, identifiers } of document.people) {
    const group = [id, ...identifiers].map(entityNamed).filter((name) => name !== undefined && name !== "nobody");
    for (const name of group) names.set(name, group);
  }
  known.set(document, names);
  return names;
}
