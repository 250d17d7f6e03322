// What becomes of archived events: erased, redacted, or left as they are.
//
//   plan ──► list in the tombstone ──► note the rows ──► replace blob ──► delete rows ──► write the rows of what is left ──► forget the note
//                                        │                 └ refused (a lease, a policy): all is as it was
//                                        └ a crash from here on: the next slice finds the note, and finishes (finishLeft.ts)
import { announceCall } from "../../calls/record/announceCall.ts";
import { announceChat } from "../../calls/threads/announceChat.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { deleteRows, type RowKey } from "../../storage/deleteRows.ts";
import { isStripped } from "../../storage/isStripped.ts";
import { httpStatus, storageErrorCode } from "../../storage/onDemand.ts";
import { replaceErased } from "../../storage/replaceErased.ts";
import { index } from "../../storage/timeline.ts";
import type { EventLeft } from "./eventLeft.ts";
import { forgetIntent, noteIntent } from "./intents.ts";
import { type Outcome, type Plan, planEvent } from "./planEvent.ts";
import { count, type Work } from "./work.ts";

/** How often an event is looked at anew that was changed meanwhile. */
const maxTries = 3;

/** Deals with events of the archive, at most some dozens at once. @returns what became of each */
export function eraseEvents(work: Work, blobs: readonly string[]): Promise<Map<string, Outcome>> {
  return tryToErase(work, blobs, 1);
}

async function tryToErase(work: Work, blobs: readonly string[], tries: number): Promise<Map<string, Outcome>> {
  const names = [...new Set(blobs)];
  const plans = await Promise.all(names.map((blob) => planEvent(work, blob)));
  const changes = plans.flatMap(({ blob, change }) =>
    change ? [{ container: "events" as const, blob, done: change.done, ...hashes(change) }] : [],
  );
  await work.note(changes);
  const outcomes = await Promise.all(plans.map((plan) => carryOut(work, plan, tries)));
  return new Map(plans.map(({ blob }, place) => [blob, outcomes[place] ?? "untouched"]));
}

function hashes({ before, after }: NonNullable<Plan["change"]>) {
  return { ...(before && { before }), after };
}

async function carryOut(work: Work, plan: Plan, tries: number): Promise<Outcome> {
  const { blob, outcome, change, was, is, storedAt } = plan;
  if (change) {
    const { content, etag, before } = change;
    await noteIntent(work.id, { blob, rows: was });
    try {
      await replaceErased("events", blob, { tombstone: work.id, ...{ content, etag, before, storedAt } });
    } catch (error) {
      const changed = httpStatus(error) === 412 && storageErrorCode(error) !== "LeaseIdMissing";
      if (!changed || tries === maxTries) throw refused(blob, error);
      // Two erasures met at it: this one looks again.
      return (await tryToErase(work, [blob], tries + 1)).get(blob) ?? outcome;
    }
    await deleteRows("timeline", without(was, is?.rows ?? []));
  }
  if (is) await tell(is, blob, storedAt);
  if (change) {
    await forgetIntent(work.id, blob);
    count(work, `events ${change.done}`);
  }
  if (outcome === "unreadable") count(work, "events unreadable");
  return outcome;
}

/** What the log tells of a blob that cannot be replaced. The host tries again: a lease may end. */
function refused(blob: string, error: unknown): unknown {
  const code = storageErrorCode(error) ?? "";
  if (httpStatus(error) !== 412 && !code.startsWith("BlobImmutable")) return error;
  return new AcsEventsError(
    "ACS_EVENTS_BLOB_LOCKED",
    `The blob ${blob} in container events cannot be replaced (${code}). Break its lease, or end its policy, and ask for the erasure again: it goes on where it was.`,
    { retryable: true, cause: error },
  );
}

/** Writes the rows of a redacted event, which act on nothing; none of one that retention took out of all timelines. */
export async function tell({ event, sha256, length }: EventLeft, blob: string, storedAt: Date): Promise<void> {
  if (await isStripped(event, storedAt)) return;
  await index(event, { blob, storedAt, sha256, length, created: false });
  if (event.family === "chat") await announceChat(event, blob, storedAt);
  if (event.family === "call" || event.family === "incomingCall") await announceCall(event, blob, storedAt);
}

export function without(rows: readonly RowKey[], others: readonly RowKey[]): RowKey[] {
  const stay = new Set(others.map((row) => JSON.stringify(row)));
  return rows.filter((row) => !stay.has(JSON.stringify(row)));
}
