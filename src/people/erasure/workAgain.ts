import type { Entity } from "../../events/entities.ts";
import { noteErased } from "../../storage/tombstones.ts";
import { readHeldThings } from "../holds/heldThings.ts";
import { finderOf } from "./finder.ts";
import { tokenOf } from "./subjectHash.ts";
import type { Work } from "./work.ts";

/**
 * The work of an erasure that is over and is applied to what came in since.
 * @param until when it was done, milliseconds since 1970
 */
export async function workAgain(
  { id, until }: { id: string; until: number },
  { entities, names = new Set() }: { entities: ReadonlySet<Entity>; names?: Set<string> },
): Promise<Work> {
  const subject = { entities: [...entities], names: [...names], token: await tokenOf([...entities]) };
  return {
    ...{ id, pass: 1, until, names, finder: finderOf(subject), held: await readHeldThings() },
    ...{ contexts: new Map(), counts: {}, kept: new Set() },
    note: (objects) => noteErased(id, 0, objects),
  };
}
