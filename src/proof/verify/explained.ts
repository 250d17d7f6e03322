// What may be missing or changed: what the owner had erased, and what retention ended. Each has its tombstone.
import { kindOf } from "../../storage/arrivedKinds.ts";
import { hasRetentionTombstone } from "../../storage/retentionTombstones.ts";
import { hasTombstone } from "../../storage/tombstones.ts";

export interface Explanations {
  /** Whether an erasure left its tombstone on what is in place of an object. */
  isErased(id: string | undefined): Promise<boolean>;
  /** Whether retention ended what arrived of its kind on its day. */
  isEnded(object: { container: string; name: string; storedAt: string }): Promise<boolean>;
}

/** For one verification. Tombstones that were not found are looked for again: some are written while it goes on. */
export function explanations(): Explanations {
  const found = new Set<string>();
  const known = async (tombstone: string, look: () => Promise<boolean>) => {
    if (!found.has(tombstone) && (await look())) found.add(tombstone);
    return found.has(tombstone);
  };
  return {
    async isErased(id) {
      return id !== undefined && /^[\w-]+$/.test(id) && known(`erasure ${id}`, () => hasTombstone(id));
    },
    isEnded({ container: where, name, storedAt }) {
      const [kind, day] = [kindOf(where, name), storedAt.slice(0, 10)];
      return known(`${kind} ${day}`, () => hasRetentionTombstone(kind, day));
    },
  };
}
