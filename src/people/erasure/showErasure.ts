// `GET /api/people/{identifier}/erasures/{id}`: how far an erasure is, and what it could not erase.
import type { HttpRequest } from "@azure/functions";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { read } from "../../storage/ledger.ts";
import { softDeleteDays } from "../../storage/softDelete.ts";
import { readTombstone } from "../../storage/tombstones.ts";
import { personNamed } from "../knowing/personNamed.ts";
import { type ErasureRow, erasureKey } from "./erasureRow.ts";
import { subjectHash } from "./subjectHash.ts";

export const showErasure = httpHandler(async (request) => {
  const { id = "" } = request.params;
  return { headers: { "cache-control": "no-store" }, jsonBody: await shownErasure(request, id) };
});

/** What is told of an erasure of the person whom the request's path names. @throws AcsEventsError ACS_EVENTS_UNKNOWN_ERASURE (404) */
export async function shownErasure({ url, params }: HttpRequest, id: string) {
  const row = (await read<ErasureRow>(erasureKey(id)))?.row;
  const person = await personNamed(params.identifier ?? "");
  if (!row || !(JSON.parse(row.hashes) as string[]).includes(await subjectHash(person))) throw unknown();
  const { state, reason, by, askedAt, doneAt, pass } = row;
  const tombstone = doneAt ? await readTombstone(id) : undefined;
  const path = new URL(url).pathname.replace(/\/erasures\/[^/]*$/, "");
  return {
    id,
    status: state,
    ...(state === "running" && { pass }),
    reason,
    by,
    askedAt: askedAt.toISOString(),
    ...(doneAt && { doneAt: doneAt.toISOString() }),
    ...(tombstone?.what && { what: tombstone.what }),
    done: JSON.parse(row.counts) as object,
    held: JSON.parse(row.held) as string[],
    softDelete: await softDelete(doneAt ?? new Date()),
    link: `${path}/erasures/${id}`,
  };
}

/** When copies that storage keeps of what was deleted are gone. */
async function softDelete(from: Date) {
  const { days, known } = await softDeleteDays();
  const until = new Date(from.getTime() + days * 86_400_000).toISOString();
  if (!known)
    return { until, note: "The app may not read for how long the account keeps deleted blobs; at most 365 days." };
  return days === 0 ? { note: "The account keeps no deleted blobs." } : { until, days };
}

function unknown(): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_UNKNOWN_ERASURE", "No erasure of this person has this id.", {
    status: 404,
    target: "id",
  });
}
