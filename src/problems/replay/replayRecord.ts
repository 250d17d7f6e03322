// Who replayed what, why, and with what result: rows `replay:{id}` of the ledger, newest first.
import { randomUUID } from "node:crypto";
import { AcsEventsError } from "../../events/errors.ts";
import { put, type WorkKey } from "../../storage/ledger.ts";
import { newestFirst } from "../../storage/newestFirst.ts";

export type Asked = {
  by: string;
  reason: string;
};

/** Records a replay; what is given back changes its result. */
export async function noteReplay(id: string, asked: Asked, result: string): Promise<(result: string) => Promise<void>> {
  const at = new Date();
  const key: WorkKey = ["replay", id, `${newestFirst(at.getTime())}_${randomUUID()}`];
  const note = (text: string) => put(key, { at, ...asked, result: text });
  await note(result);
  return note;
}

/**
 * Does a replay on record: that it was begun is there also when the process dies in it.
 * @param id a problem's, or `span` for one of a span of time
 */
export async function onRecord<T extends { result: string }>(
  id: string,
  asked: Asked,
  work: () => Promise<T>,
): Promise<T> {
  const note = await noteReplay(id, asked, "begun");
  try {
    const done = await work();
    await note(done.result);
    return done;
  } catch (error) {
    await note(`failed: ${error instanceof AcsEventsError ? error.code : "see the log"}`).catch(() => {});
    throw error;
  }
}
