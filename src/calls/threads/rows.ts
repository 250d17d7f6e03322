// The rows from which transcripts are read, in table `timeline`. They derive from the event, and the copies of an event that go to each
// user give the same rows. A thread's partition, `transcript:{threadId}`:
//
//   i_{place}_{key}              a message or change, at its time          the pages walk these
//   f_{key}_{fragment}           what one event says of it                 read for each item of a page
//   c_{newest first}_{fragment}  the same of changes alone                 topic and participants, without the messages
//   l_{newest first}_{key}       a message or change, the last one first   when the list looks what the last is
//
// `threads` lists the threads, newest first: one row for each hour in which something came in a thread, however much it was. A transcript goes
// by what events say; the list, and `l_`, by times that can be true: a thread of 2099 would be the first for ever.
import { hash } from "node:crypto";
import { canonicalJson } from "../../events/canonicalJson.ts";
import { credibleTime } from "../../events/credibleTime.ts";
import { thread } from "../../events/entities.ts";
import { columnJson } from "../../storage/columnJson.ts";
import { tableKey } from "../../storage/keys.ts";
import { newestFirst } from "../../storage/newestFirst.ts";
import type { Row } from "../../storage/rowWriter.ts";
import { begin } from "./begin.ts";
import { type Fragment, keyOf } from "./fragment.ts";

/** A column holds 64 KiB of UTF-16; what is longer is read from the event when it is wanted. */
const maxLength = 16_000;
const shortText = 1_000;
const shortName = 150;
const shortList = 10;

/** No id of ACS is nearly as long; written as JSON, it still fits. */
const longestId = 4_000;

export interface FragmentRow {
  /** JSON. */
  fragment: string;
  /** Blob name of an event that says this. */
  blob: string;
  /** The fragment is cut here; the event has all of it. */
  cut?: string;
}

export interface ListedRow {
  /** JSON. */
  threadId: string;
}

export const transcriptOf = (threadId: string) => tableKey(`transcript:${threadId}`);

/** The partition of a thread's events in the timeline. */
export const eventsOf = (threadId: string) => tableKey(thread(threadId) ?? "");

/** The partition of the list. */
export const listed = "threads";

/** Events of one item that are looked at: of an original, edits and a deletion, each in a few shapes. Their rows are in no order. */
export const maxFragments = 100;

/** The begin of the hour that a time is in. */
export const hourOf = (time: number) => time - (time % 3_600_000);

export const itemKey = (place: string, key: string) => `i_${place}_${key}`;

/** Of row keys of items. */
export const itemKeys = /^i_\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f]{64}$/;

/** Place and key of the row key of an item, `i_` or `l_`. */
export function partsOf(rowKey: string): { place: string; key: string } {
  const [, place = "", key = ""] = rowKey.split("_");
  return { place, key };
}

/** The rows of an event of a thread. */
export function rowsOf(threadId: string, fragment: Fragment, blob: string, arrivedAt: Date): Row[] {
  const partitionKey = transcriptOf(threadId);
  const at = credibleTime([fragment.place], arrivedAt).getTime();
  const key = hash("sha256", keyOf(fragment));
  const said = hash("sha256", canonicalJson(fragment));
  const columns = { ...columnOf(fragment), blob };
  const rows: Row[] = [
    { partitionKey, rowKey: itemKey(fragment.place, key), kind: fragment.kind },
    { partitionKey, rowKey: `f_${key}_${said}`, ...columns },
    { partitionKey, rowKey: `l_${newestFirst(at)}_${key}` },
    {
      partitionKey: listed,
      rowKey: `${newestFirst(hourOf(at))}_${hash("sha256", threadId)}`,
      threadId: columnJson(begin(threadId, longestId).toWellFormed()),
    },
  ];
  if (fragment.kind === "message") return rows;
  const change: Row = { partitionKey, rowKey: `c_${newestFirst(Date.parse(fragment.place))}_${said}`, ...columns };
  if ("topic" in fragment && fragment.topic !== undefined) change.about = "topic";
  return [...rows, change];
}

function columnOf(fragment: Fragment): Record<string, string> {
  const whole = columnJson(fragment);
  return whole.length <= maxLength ? { fragment: whole } : { fragment: columnJson(shortened(fragment)), cut: "yes" };
}

/** What fits into a column whatever somebody sent. */
function shortened(fragment: Fragment): unknown {
  const brief = JSON.stringify(fragment, (name, value: unknown) => {
    if (name === "metadata" || name === "properties") return undefined;
    if (Array.isArray(value)) return value.slice(0, shortList);
    return typeof value === "string" ? begin(value, name === "text" ? shortText : shortName) : value;
  });
  return JSON.parse(brief);
}
