import { lostRace, release, type WorkKey } from "./ledger.ts";

/** Takes a claim back, unless its row changed since `etag` was read, or is gone. */
export async function releaseIfOurs(work: WorkKey, etag: string): Promise<void> {
  await release(work, etag).catch((error) => {
    if (!lostRace(error)) throw error;
  });
}
