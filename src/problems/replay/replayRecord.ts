// Who replayed what, why, and with what result: rows `replay:{id}` of the ledger, newest first.
import { randomUUID } from "node:crypto";
import { AcsEventsError } from "../../events/errors.ts";
import { put, type WorkKey } from "../../storage/ledger.ts";
import { newestFirst } from "../../storage/newestFirst.ts";

export interface Asked {
  by: string;
  reason: string;
}

/**
 * Does a replay on record: what was begun is there also when the process dies in it.
 * @param id a problem's, or `run` for one that goes by time
 */
export async function onRecord<T extends { result: string }>(
  id: string,
  asked: Asked,
  work: () => Promise<T>,
): Promise<T> {
  const at = new Date();
  const key: WorkKey = ["replay", id, `${newestFirst(at.getTime())}_${randomUUID()}`];
  const note = (result: string) => put(key, { at, ...asked, result });
  await note("begun");
  try {
    const done = await work();
    await note(done.result);
    return done;
  } catch (error) {
    await note(`failed: ${error instanceof AcsEventsError ? error.code : "see the log"}`).catch(() => {});
    throw error;
  }
}
