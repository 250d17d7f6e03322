// Makes a call known by all names that an event gives it, and to the lists (rows.ts). Each delivery of the event writes the same again.
import type { AcsEvent } from "../../events/acsEvent.ts";
import { type CallName, idsOf, namesIn, timelineOf } from "../../events/callName.ts";
import { credibleTime } from "../../events/credibleTime.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { put } from "../../storage/ledger.ts";
import { indexUnder, putRows } from "../../storage/timeline.ts";
import { hashOf, type List, linkKey, listedRow, listOf, seenAt, seenBy, seenOf, seenRow } from "./rows.ts";

/** Events of these families tell of calls. */
const families: ReadonlySet<string> = new Set(["call", "incomingCall", "recording"]);

/** Rows of `callSeen` that are read in one go, as many as a table gives: of a list that is not among them, rows are written again. */
const maxSeen = 1000;

/**
 * To be called after the event is indexed. Again changes nothing.
 * @param arrivedAt the time of an event whose own cannot be true: it would stand where no list looks
 */
export async function announceCall(event: AcsEvent, blob: string, arrivedAt: Date): Promise<void> {
  const names = families.has(event.family) ? namesIn(event) : [];
  const [first, ...others] = names;
  if (first === undefined) return;
  if (idsOf("serverCallId", [first]).length === 0) await indexUnder(timelineOf(first), event, blob);
  await Promise.all(others.flatMap((other) => [link(first, other), link(other, first)]));
  const people = event.entities.filter((entity) => entity.startsWith("person:"));
  await enter([undefined, ...people].map(listOf), first, credibleTime([event.time], arrivedAt));
}

function link(name: CallName, other: CallName): Promise<void> {
  return put(linkKey(name, other), { name: other });
}

/** Enters a call into lists, but where something earlier of it stands. */
async function enter(lists: readonly List[], name: CallName, at: Date): Promise<void> {
  const rows = await firstRows("timeline", seenOf(name), maxSeen);
  const known = new Set(
    rows.filter(({ rowKey }) => seenAt(rowKey) < at.toISOString()).map(({ rowKey }) => seenBy(rowKey)),
  );
  const wanted = lists.filter((list) => !known.has(hashOf(list)));
  // In this order: after a crash between the two, the row that counted before still does.
  await putRows(wanted.map((list) => listedRow(list, name, at)));
  await putRows(wanted.map((list) => seenRow(list, name, at)));
}
