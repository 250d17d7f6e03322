import { listedRow, listOf, seenRow } from "../calls/record/rows.ts";
import { fragmentOf } from "../calls/threads/fragmentOf.ts";
import { type FragmentRow, hourOf, rowsOf, transcriptOf } from "../calls/threads/rows.ts";
import { type AcsEvent, is } from "../events/acsEvent.ts";
import { namesIn, timelineOf } from "../events/callName.ts";
import { credibleTime } from "../events/credibleTime.ts";
import { smsReceived } from "../events/sms/smsReceived.ts";
import { knownRow } from "../sms/reading/knowConversation.ts";
import { textOf } from "../sms/textOf.ts";
import type { RowKey } from "../storage/deleteRows.ts";
import type { Range } from "../storage/firstRows.ts";
import { tableKey } from "../storage/keys.ts";
import { rowKeyOf } from "../storage/timeline.ts";
import { ofCalls } from "./enterNext.ts";

/** Rows of table `timeline` that an event left there, but the one in order of arrival. */
export interface DerivedRows {
  rows: RowKey[];
  /** What several events leave together: it goes with the last of them, when nothing is in the range any more, or nothing that is one. */
  shared: { rows: RowKey[]; range: Range; isOne?: (row: FragmentRow) => boolean }[];
}

/** They derive from the event and when it was archived alone; see the functions that write them. */
export function derivedRows(event: AcsEvent, blob: string, storedAt: Date): DerivedRows {
  const timelines = [...event.entities, ...callTimeline(event)];
  const own = timelines.map((name) => ({ partitionKey: tableKey(name), rowKey: rowKeyOf(event) }));
  const { rows, shared } = transcriptRows(event, blob, storedAt);
  const all = [...own, ...callLists(event, storedAt), ...conversationRow(event, storedAt), ...rows];
  return { rows: all.map(({ partitionKey, rowKey }) => ({ partitionKey, rowKey })), shared };
}

function callTimeline(event: AcsEvent): string[] {
  const [first] = ofCalls.has(event.family) ? namesIn(event) : [];
  return first === undefined ? [] : [timelineOf(first)];
}

function callLists(event: AcsEvent, storedAt: Date): RowKey[] {
  const [first] = ofCalls.has(event.family) ? namesIn(event) : [];
  if (first === undefined) return [];
  const at = credibleTime([event.time], storedAt);
  const people = event.entities.filter((entity) => entity.startsWith("person:"));
  return [undefined, ...people].map(listOf).flatMap((list) => [listedRow(list, first, at), seenRow(list, first, at)]);
}

function conversationRow(event: AcsEvent, storedAt: Date): RowKey[] {
  if (!is(smsReceived, event)) return [];
  const { to: ourNumber, from: theirNumber, receivedAt } = textOf(event, storedAt);
  return [knownRow({ ourNumber, theirNumber }, new Date(event.time ?? receivedAt))];
}

/** An event's own words in a transcript; the place of its message, which its edits share; the thread in the list, once an hour. */
function transcriptRows(event: AcsEvent, blob: string, storedAt: Date): DerivedRows {
  const fragment = event.family === "chat" ? fragmentOf(event) : undefined;
  const { threadId } = event.data;
  if (!fragment || typeof threadId !== "string") return { rows: [], shared: [] };
  const rows = rowsOf(threadId, fragment, blob, storedAt);
  const begin = (...letters: string[]) => rows.filter(({ rowKey }) => letters.includes(rowKey.slice(0, 2)));
  const [said] = begin("f_");
  if (!said) return { rows, shared: [] };
  const partitionKey = transcriptOf(threadId);
  const words = said.rowKey.slice(0, said.rowKey.lastIndexOf("_") + 1);
  const hour = hourOf(Date.parse(fragment.place));
  const inHour = (time: number) => `i_${new Date(time).toISOString()}`;
  return {
    rows: begin("f_", "c_"),
    shared: [
      {
        rows: begin("i_", "l_"),
        range: { partitionKey, after: words, before: `${words}~` },
        // Not each event of a message says when it was written: those that do not have a place of their own.
        isOne: (row) => (JSON.parse(row.fragment) as { place: string }).place === fragment.place,
      },
      {
        rows: rows.filter((row) => row.partitionKey !== partitionKey),
        range: { partitionKey, after: inHour(hour), before: inHour(hour + 3_600_000) },
      },
    ],
  };
}
