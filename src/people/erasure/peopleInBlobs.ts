import type { Entity } from "../../events/entities.ts";
import { isObject } from "../../events/json.ts";
import { accepted, lettersIn } from "./lettersWithout.ts";
import { subjectHash } from "./subjectHash.ts";
import { walkBlobs } from "./walkBlobs.ts";

/** Who of those whom keyed hashes stand for is named by events that did not come in: their entities, by hash. */
export async function peopleInBlobs(hashes: Iterable<string>): Promise<ReadonlyMap<string, Entity>> {
  const wanted = new Set(hashes);
  const found = new Map<string, Entity>();
  if (wanted.size === 0) return found;
  for (const name of ["quarantine", "dead-letters"] as const) {
    for await (const { page } of walkBlobs(name)) {
      for (const { content } of page) {
        const events = (lettersIn(content.toString("utf8")) ?? []).map((one) =>
          name === "quarantine" && isObject(one) ? one.event : one,
        );
        for (const entity of await peopleOf(events, wanted)) found.set(await subjectHash(entity), entity);
      }
    }
  }
  return found;
}

/** The people of events whose keyed hashes are wanted. */
export async function peopleOf(events: readonly unknown[], wanted: ReadonlySet<string>): Promise<Set<Entity>> {
  const entities = new Set(events.flatMap((event) => accepted(event)?.entities ?? []));
  for (const entity of entities) {
    if (!entity.startsWith("person:") || !wanted.has(await subjectHash(entity))) entities.delete(entity);
  }
  return entities;
}
