import { hash } from "node:crypto";
import { deleteRows } from "../../storage/deleteRows.ts";
import { tableKey } from "../../storage/keys.ts";
import { type Held, lostRace, read, readAll, settle } from "../../storage/ledger.ts";
import { releaseIfOurs } from "../../storage/releaseIfOurs.ts";
import { readErased, writeTombstone } from "../../storage/tombstones.ts";
import { contextsOf, type ErasureRow, erasureKey, runningKey } from "./erasureRow.ts";
import { finishRows } from "./finishLeft.ts";
import { subjectHash } from "./subjectHash.ts";
import type { Work } from "./work.ts";

/**
 * Writes what was done, and forgets whom it was done to. A crash is mended by the same job: the row is the last to change.
 * @param nothing was done, as the person is under a hold
 */
export async function finishErasure(
  id: string,
  { row, etag }: Held<ErasureRow>,
  work: Work,
  nothing = false,
): Promise<void> {
  await finishRows(id);
  const doneAt = new Date();
  const reason = work.finder.redactNames(row.reason);
  const what = await countObjects(id);
  const times = { askedAt: row.askedAt.toISOString(), doneAt: doneAt.toISOString() };
  const subject = JSON.parse(row.hashes) as string[];
  await writeTombstone({ id, ...times, why: reason, by: row.by, subject, what, ...(nothing && { nothing }) });
  const contexts: { partitionKey: string; rowKey: string }[] = [];
  for await (const { rowKey } of readAll(contextsOf(id))) {
    contexts.push({ partitionKey: tableKey(contextsOf(id).join(":")), rowKey });
  }
  await deleteRows("ledger", contexts);
  for (const entity of work.finder.subject.entities) await endRunning(await subjectHash(entity), id);
  const held = JSON.stringify([...work.kept].map((entity) => work.finder.redact(entity)));
  const forgotten = { entities: "[]", names: "[]", reason, cursor: "", stage: "" };
  try {
    const counts = JSON.stringify({ ...work.counts });
    await settle(erasureKey(id), etag, {
      ...forgotten,
      state: "done",
      doneAt,
      nothing,
      counts,
      held,
      turn: row.turn + 1,
    });
  } catch (error) {
    if (!lostRace(error)) throw error;
  }
}

/** Each object once, by what was done last: the passes, and whoever goes on after a crash, list some again. */
async function countObjects(id: string): Promise<Record<string, number>> {
  const last = new Map<string, string>();
  for await (const { container, blob, done } of readErased(id)) {
    // Short, as there may be a million.
    const key = hash("sha256", `${container}/${blob}`, "base64").slice(0, 16);
    if (last.get(key) !== `${container} erased`) last.set(key, `${container} ${done}`);
  }
  const what: Record<string, number> = {};
  for (const name of last.values()) what[name] = (what[name] ?? 0) + 1;
  return what;
}

async function endRunning(hash: string, id: string): Promise<void> {
  const running = await read<{ erasure: string }>(runningKey(hash));
  if (running?.row.erasure === id) await releaseIfOurs(runningKey(hash), running.etag);
}
