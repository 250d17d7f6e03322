import type { Entity } from "../../events/entities.ts";
import { keyedHash } from "../../storage/keyedHash.ts";

/** The hash by which a tombstone knows a name of the person. */
export function subjectHash(entity: Entity): Promise<string> {
  return keyedHash("erasedSubject", entity);
}

/** What stands in place of the person's names; the same for all of them, so that what is left of a thread still tells its people apart. */
export async function tokenOf(entities: readonly Entity[]): Promise<string> {
  const [first = ""] = [...entities].sort();
  return `erased:${(await keyedHash("erasedName", first)).slice(0, 16)}`;
}
