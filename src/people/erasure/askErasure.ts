// `DELETE /api/people/{identifier}`: has a person erased.
import { randomUUID } from "node:crypto";
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import type { Entity } from "../../events/entities.ts";
import { admin } from "../../http/admin.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import type { ErasureJob } from "../../intake/jobs.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { claim, read } from "../../storage/ledger.ts";
import { releaseIfOurs } from "../../storage/releaseIfOurs.ts";
import { writeTombstone } from "../../storage/tombstones.ts";
import { requireHeld } from "../knowing/requireHeld.ts";
import { resolvePerson } from "../knowing/resolvePerson.ts";
import { reasonOf } from "../reasonOf.ts";
import { type ErasureRow, erasureKey, runningKey } from "./erasureRow.ts";
import { finderOf, isWeak } from "./finder.ts";
import { shownErasure } from "./showErasure.ts";
import { subjectHash, tokenOf } from "./subjectHash.ts";

/** 202 with the erasure's id; a second request while one goes on is answered with that one. */
export const askErasure = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const by = admin(request);
  const reason = await reasonOf(request);
  const person = await resolvePerson(request.params.identifier ?? "");
  const { entities } = person;
  // A word, or a mistyped one, is nobody. A number or an address may stand in texts of others alone, and is looked for there.
  if (entities.every(isWeak) && !(await goesOn(entities))) await requireHeld(person);
  const id = await begin(entities, { by, reason });
  const row = (await read<ErasureRow>(erasureKey(id)))?.row;
  // Also for one that goes on: its job may be lost.
  if (row?.state === "running" && row.notBefore <= new Date())
    await enqueue("person-erasures", { erasure: id, turn: row.turn } satisfies ErasureJob);
  const shown = await shownErasure(request, id);
  // Aliases need less than an administrator's key: whoever asks sees at once whom they asked for.
  const jsonBody = { ...shown, names: entities.map((entity) => entity.slice("person:".length)) };
  return { status: 202, headers: { "cache-control": "no-store", location: shown.link }, jsonBody };
});

/** Whether an erasure of the person is going on, which may have taken away all by which the person is known. */
async function goesOn(entities: readonly Entity[]): Promise<boolean> {
  const [first = ""] = await Promise.all([...entities].sort().map(subjectHash));
  return (await read(runningKey(first))) !== undefined;
}

/** Claims the erasure under each name of the person. @returns its id, or that of one that goes on */
async function begin(entities: readonly Entity[], asked: { by: string; reason: string }): Promise<string> {
  const hashes = await Promise.all([...entities].sort().map(subjectHash));
  const [first = ""] = hashes;
  for (;;) {
    const { row, etag, won } = await claim(runningKey(first), { erasure: randomUUID() });
    const going = await read<ErasureRow>(erasureKey(row.erasure));
    if (!won && going?.row.state === "done") {
      // It ended between its last two writes.
      await releaseIfOurs(runningKey(first), etag);
      continue;
    }
    if (!going) await place(row.erasure, entities, hashes, asked);
    return row.erasure;
  }
}

async function place(
  id: string,
  entities: readonly Entity[],
  hashes: readonly string[],
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  const askedAt = new Date();
  const why = finderOf({ entities, names: [], token: await tokenOf(entities) }).redact(reason);
  // Before anything is erased: whoever meets a stub finds what it is.
  await writeTombstone({ id, askedAt: askedAt.toISOString(), why, by, subject: [...hashes] });
  await claim<ErasureRow>(erasureKey(id), {
    ...{ state: "running", entities: JSON.stringify(entities), names: "[]", hashes: JSON.stringify(hashes) },
    ...{ reason, by, askedAt, notBefore: askedAt, turn: 0, pass: 1, stage: "", cursor: "", counts: "{}", held: "[]" },
  });
}
