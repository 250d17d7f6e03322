// What may be missing or changed: what the owner had erased, and what retention ended. Each has its tombstone.
import { kindOf } from "../../storage/arrivedKinds.ts";
import { container } from "../../storage/blobs.ts";
import { httpStatus, inTime } from "../../storage/onDemand.ts";
import { hasRetentionTombstone } from "../../storage/retentionTombstones.ts";

/** Tombstones that were found. Those that were not are looked for again: they are written while the archive is verified, too. */
const found = new Set<string>();

/** Whether an erasure left its tombstone on what is in place of an object. */
export async function isErased(id: string | undefined): Promise<boolean> {
  if (id === undefined || !/^[\w-]+$/.test(id)) return false;
  return known(`erasure ${id}`, async () => {
    const tombstones = await container("tombstones");
    try {
      await tombstones.getBlobClient(`${id}/about.json`).getProperties({ abortSignal: inTime() });
      return true;
    } catch (error) {
      if (httpStatus(error) === 404) return false;
      throw error;
    }
  });
}

/** Whether retention ended what arrived of its kind on its day. */
export function isEnded({ container: where, name, storedAt }: { container: string; name: string; storedAt: string }) {
  const [kind, day] = [kindOf(where, name), storedAt.slice(0, 10)];
  return known(`${kind} ${day}`, () => hasRetentionTombstone(kind, day));
}

async function known(tombstone: string, look: () => Promise<boolean>): Promise<boolean> {
  if (!found.has(tombstone) && (await look())) found.add(tombstone);
  return found.has(tombstone);
}
