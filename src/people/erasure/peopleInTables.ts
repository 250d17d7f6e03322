import type { Entity } from "../../events/entities.ts";
import { idOfKey } from "../../storage/keys.ts";
import { partitions } from "../../storage/partitions.ts";
import { subjectHash } from "./subjectHash.ts";

/** In which partitions a person's rows are, by table; the rest of the key is the entity. */
const places = [
  ["timeline", "person:", ""],
  ["ledger", "personAlias:person:", "personAlias:"],
] as const;

/** Who of those whom keyed hashes stand for is named by the tables: their entities, by hash. */
export async function peopleInTables(hashes: Iterable<string>): Promise<ReadonlyMap<string, Entity>> {
  const wanted = new Set(hashes);
  const found = new Map<string, Entity>();
  if (wanted.size === 0) return found;
  for (const [name, prefix, before] of places) {
    for await (const key of partitions(name, prefix)) {
      const entity = idOfKey(key.slice(before.length)) as Entity | undefined;
      const hash = entity && (await subjectHash(entity));
      if (entity && hash && wanted.has(hash)) found.set(hash, entity);
    }
  }
  return found;
}
