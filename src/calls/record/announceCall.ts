// Makes a call known by all names that an event gives it, and to the lists (rows.ts). Each delivery of the event writes the same again.
import { Semaphore } from "async-mutex";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { credibleTime } from "../../events/credibleTime.ts";
import { put } from "../../storage/ledger.ts";
import { indexUnder, putRows } from "../../storage/timeline.ts";
import { type CallName, idsOf, namesIn, timelineOf } from "./callName.ts";
import { firstSeen } from "./firstSeen.ts";
import { type List, linkKey, listedRow, listOf, seenRow } from "./rows.ts";

/** Events of these families tell of calls. */
const families: ReadonlySet<string> = new Set(["call", "incomingCall", "recording"]);

/** Lists that are looked into at once, in the whole process: an event may name hundreds of people. */
const places = new Semaphore(32);

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
  const at = credibleTime([event.time], arrivedAt);
  const people = event.entities.filter((entity) => entity.startsWith("person:"));
  const lists = [undefined, ...people].map(listOf);
  await Promise.all(lists.map((list) => places.runExclusive(() => enter(list, first, at))));
}

function link(name: CallName, other: CallName): Promise<void> {
  return put(linkKey(name, other), { name: other });
}

/** Enters a call into a list, unless something earlier stands there. */
async function enter(list: List, name: CallName, at: Date): Promise<void> {
  const known = await firstSeen(list, [name]);
  if (known && known.at < at.toISOString()) return;
  // In this order: after a crash between the two, the row that counted before still does.
  await putRows([listedRow(list, name, at)]);
  await putRows([seenRow(list, name, at)]);
}
