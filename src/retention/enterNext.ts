// A call stands in lists at its first event. Before that one goes, the next that is left takes its place, in each list that it is of: else
// what is kept of the call would be in no list.

import { type List, listedRow, listOf, seenOf, seenRow } from "../calls/record/rows.ts";
import type { AcsEvent } from "../events/acsEvent.ts";
import { type CallName, namesIn, timelineOf } from "../events/callName.ts";
import { acsBegan, credibleTime } from "../events/credibleTime.ts";
import type { RowKey } from "../storage/deleteRows.ts";
import { firstRows } from "../storage/firstRows.ts";
import { tableKey } from "../storage/keys.ts";
import type { TimelineRow } from "../storage/readTimeline.ts";
import { putRows, rowKeyOf } from "../storage/timeline.ts";
import { readWhole } from "../storage/wholeBlob.ts";

/** Rows that are read in one go, and how often for one person: who calls all day has many of one call. */
const rowsAtOnce = 1000;
const maxPages = 10;

export const ofCalls: ReadonlySet<string> = new Set(["call", "incomingCall", "recording"]);

type EventRow = TimelineRow & { rowKey: string };

/** @returns the rows that are needed from now on: two events of one moment have the same */
export async function enterNext(event: AcsEvent, storedAt: Date): Promise<RowKey[]> {
  const [name] = ofCalls.has(event.family) ? namesIn(event) : [];
  if (name === undefined) return [];
  const at = credibleTime([event.time], storedAt);
  const seen = new Set((await firstRows("timeline", seenOf(name), rowsAtOnce)).map(({ rowKey }) => rowKey));
  const stands = (list: List) => seen.has(seenRow(list, name, at).rowKey);
  const people = event.entities.filter((entity) => entity.startsWith("person:"));
  const wanted = [undefined, ...people].filter((person) => stands(listOf(person)));
  if (wanted.length === 0) return [];
  const left = await eventsLeft(name, rowKeyOf(event));
  const entered: RowKey[] = [];
  for (const person of wanted) {
    const next = await timeOfFirst(person === undefined ? left : await naming(person, left));
    if (next) entered.push(...(await enter(listOf(person), name, next)));
  }
  return entered;
}

async function enter(list: List, name: CallName, at: Date): Promise<RowKey[]> {
  const [listed, seen] = [listedRow(list, name, at), seenRow(list, name, at)];
  // In this order: a row that counts leads to one that is there.
  await putRows([listed]);
  await putRows([seen]);
  return [listed, seen].map(({ partitionKey, rowKey }) => ({ partitionKey, rowKey }));
}

/** The other events of a call, the first one first; at the end those whose own time does not count. */
async function eventsLeft(name: CallName, own: string): Promise<EventRow[]> {
  const range = { partitionKey: tableKey(timelineOf(name)), after: "" };
  const rows = await firstRows<TimelineRow>("timeline", range, rowsAtOnce);
  const events = rows.filter(({ rowKey, blob }) => rowKey !== own && ofCalls.has(blob?.split("/")[0] ?? ""));
  const counts = ({ time }: EventRow) => {
    const at = Date.parse(time ?? "");
    return at >= acsBegan && at <= Date.now();
  };
  return [...events.filter(counts), ...events.filter((row) => !counts(row))];
}

/** Those of the events that name a person, who has a row of the same key for each. */
async function naming(person: string, events: readonly EventRow[]): Promise<EventRow[]> {
  const keys = events.map(({ rowKey }) => rowKey).sort();
  const [first, last] = [keys[0], keys.at(-1)];
  if (first === undefined) return [];
  const found = new Set<string>();
  let after = first.slice(0, -1);
  for (let page = 0; page < maxPages; page++) {
    const range = { partitionKey: tableKey(person), after, before: `${last}~` };
    const rows = await firstRows("timeline", range, rowsAtOnce);
    for (const { rowKey } of rows) found.add(rowKey);
    if (rows.length < rowsAtOnce) break;
    after = rows.at(-1)?.rowKey ?? after;
  }
  return events.filter(({ rowKey }) => found.has(rowKey));
}

/** When the first of the events was, or came; undefined when none is in the archive any more. */
async function timeOfFirst(events: readonly EventRow[]): Promise<Date | undefined> {
  for (const { blob = "", time } of events) {
    const whole = await readWhole("events", blob);
    if (whole) return credibleTime([time], whole.storedAt);
  }
  return undefined;
}
