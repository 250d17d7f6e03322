import type { Entity } from "../../events/entities.ts";
import type { ErasedObject } from "../../storage/tombstones.ts";
import { namesShown } from "./namesIn.ts";
import { readEvents } from "./readEvents.ts";
import { subjectHash } from "./subjectHash.ts";

/** Finds out who a tombstone is of, from events that came back. @param hashes of the person's names */
export function recogniser(hashes: readonly string[]) {
  const wanted = new Set(hashes);
  const entities = new Set<Entity>();
  const names = new Set<string>();
  return {
    entities,
    names,
    async look({ container, blob }: ErasedObject): Promise<void> {
      if (container !== "events") return;
      for (const event of await readEvents([blob])) {
        for (const entity of event.entities) {
          if (entity.startsWith("person:") && wanted.has(await subjectHash(entity))) entities.add(entity);
        }
        for (const { name, entity } of namesShown(event)) if (entities.has(entity)) names.add(name);
      }
    },
  };
}
