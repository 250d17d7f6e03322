// What becomes of archived events: erased, redacted, or left as they are.
//
//   plan ──► list in the tombstone ──► delete rows ──► replace blob ──► write the rows of what is left
//                                         └ a crash anywhere: the next run finds the event as it was and does all again, or finds it
//                                           replaced, and writes the rows again
import { announceCall } from "../../calls/record/announceCall.ts";
import { announceChat } from "../../calls/threads/announceChat.ts";
import { deleteRows, type RowKey } from "../../storage/deleteRows.ts";
import { httpStatus } from "../../storage/onDemand.ts";
import { replaceErased } from "../../storage/replaceErased.ts";
import { index } from "../../storage/timeline.ts";
import { type Outcome, type Plan, planEvent } from "./planEvent.ts";
import { count, type Work } from "./work.ts";

/** Deals with events of the archive, at most some dozens at once. @returns what became of each */
export async function eraseEvents(work: Work, blobs: readonly string[]): Promise<Map<string, Outcome>> {
  const names = [...new Set(blobs)];
  const plans = await Promise.all(names.map((blob) => planEvent(work, blob)));
  const changes = plans.flatMap(({ blob, change }) =>
    change ? [{ container: "events" as const, blob, done: change.done, ...hashes(change) }] : [],
  );
  await work.note(changes);
  await Promise.all(plans.map((plan) => carryOut(work, plan)));
  return new Map(plans.map(({ blob, outcome }) => [blob, outcome]));
}

function hashes({ before, after }: NonNullable<Plan["change"]>) {
  return { ...(before && { before }), after };
}

async function carryOut(work: Work, { blob, outcome, change, was, is, storedAt }: Plan): Promise<void> {
  if (change) {
    await deleteRows("timeline", without(was, is?.rows ?? []));
    try {
      const { content, etag, before } = change;
      await replaceErased("events", blob, { tombstone: work.id, ...{ content, etag, before, storedAt } });
    } catch (error) {
      // Two erasures met at it: this one looks again.
      if (httpStatus(error) !== 412) throw error;
      await eraseEvents(work, [blob]);
      return;
    }
    count(work, `events ${change.done}`);
  }
  if (is) await tell(is, blob, storedAt);
  if (outcome === "unreadable") count(work, "events unreadable");
}

/** Writes the rows of a redacted event, which act on nothing. */
async function tell({ event, sha256, length }: NonNullable<Plan["is"]>, blob: string, storedAt: Date): Promise<void> {
  await index(event, { blob, storedAt, sha256, length, created: false });
  if (event.family === "chat") await announceChat(event, blob, storedAt);
  if (event.family === "call" || event.family === "incomingCall") await announceCall(event, blob, storedAt);
}

function without(rows: readonly RowKey[], others: readonly RowKey[]): RowKey[] {
  const stay = new Set(others.map((row) => JSON.stringify(row)));
  return rows.filter((row) => !stay.has(JSON.stringify(row)));
}
