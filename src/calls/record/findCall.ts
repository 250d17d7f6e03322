// All that is known of a call, whatever name of it is given: names lead to names, to events and to recordings, and these to names.

import { type CallName, idsOf, nameOf, timelineOf } from "../../events/callName.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import type { CallRecordings } from "./callRecordings.ts";
import { type LinkRow, linksOf } from "./rows.ts";

/** What one record may cost: names that are followed, links of one name, recordings, and events. A table gives at most 1,000 rows at once. */
const maxNames = 40;
const maxLinks = 100;
const maxRecordings = 50;
const maxEvents = 999;

/** An event of a call; `name` is the name under which it is found. */
export interface FoundRow extends TimelineRow {
  name: CallName;
}

export interface FoundCall {
  names: CallName[];
  /** In order of event time, each once. */
  rows: FoundRow[];
  /** As they are kept. */
  recordingIds: string[];
  /** A limit was reached. */
  cut: boolean;
}

/** What is found by a name; undefined when nothing is. */
export async function findCall(start: CallName, recordings: CallRecordings): Promise<FoundCall | undefined> {
  const found = {
    names: new Set([start]),
    rows: new Map<string, FoundRow>(),
    recordings: new Set<string>(),
    cut: false,
  };
  const asked = new Set<string>();
  // A set is walked in the order in which it grows.
  for (const name of found.names) {
    const follow = (other: CallName | undefined) => {
      if (other === undefined || found.names.has(other)) return;
      if (found.names.size < maxNames) found.names.add(other);
      else found.cut = true;
    };
    const [links, rows, started] = await Promise.all([
      firstRows<LinkRow>("ledger", { partitionKey: linksOf(name), after: "" }, maxLinks + 1),
      firstRows<TimelineRow>("timeline", { partitionKey: tableKey(timelineOf(name)), after: "" }, maxEvents + 1),
      Promise.all(idsOf("serverCallId", [name]).map((id) => recordings.startedIn(id))),
    ]);
    if (links.length > maxLinks || rows.length > maxEvents) found.cut = true;
    for (const link of links.slice(0, maxLinks)) follow(link.name);
    // Of a call with more events than that, those that say that it ended are wanted all the same.
    const ends = rows.length > maxEvents ? await endsOf(name) : [];
    for (const row of [...rows.slice(0, maxEvents), ...ends]) found.rows.set(row.rowKey, { ...row, name });
    // Now and not at the end: so many names with so many events each would not fit into memory.
    if (found.rows.size > maxEvents) {
      found.cut = true;
      found.rows = earliest(found.rows);
    }
    for (const recordingId of [...started.flat(), ...rows.map(recordingIn)]) {
      if (recordingId === undefined || asked.has(recordingId)) continue;
      if (asked.size === maxRecordings) {
        found.cut = true;
        break;
      }
      asked.add(recordingId);
      const recorded = await recordings.callOf(recordingId);
      if (!recorded) continue;
      found.recordings.add(recorded.recordingId);
      follow(nameOf("serverCallId", recorded.serverCallId));
      follow(nameOf("callId", recorded.callId));
    }
  }
  const rows = inTime(found.rows);
  if (rows.length === 0 && found.recordings.size === 0) return undefined;
  return {
    names: [...found.names].sort(),
    rows,
    recordingIds: [...found.recordings].sort(),
    cut: found.cut,
  };
}

/** Types that say that a call ended, or that the app left it. */
const endings = new Set(["CallEnded", "CallDisconnected"]);
const maxEnds = 20;

function inTime(rows: ReadonlyMap<string, FoundRow>): FoundRow[] {
  return [...rows.values()].sort((a, b) => (a.rowKey < b.rowKey ? -1 : 1));
}

/** As many rows as a record has, and after them the last that say that the call ended. */
function earliest(rows: ReadonlyMap<string, FoundRow>): Map<string, FoundRow> {
  const ordered = inTime(rows);
  const later = ordered.slice(maxEvents).filter(({ type }) => endings.has(type));
  return new Map([...ordered.slice(0, maxEvents), ...later.slice(-maxEnds)].map((row) => [row.rowKey, row]));
}

function endsOf(name: CallName): Promise<(TimelineRow & { rowKey: string })[]> {
  const where = [...endings].map((type) => `type eq '${type}'`).join(" or ");
  return firstRows<TimelineRow>("timeline", { partitionKey: tableKey(timelineOf(name)), after: "", where }, maxEnds);
}

/** What the row's summary says. */
export function summaryOf({ summary = "{}" }: TimelineRow): Record<string, unknown> {
  return JSON.parse(summary) as Record<string, unknown>;
}

function recordingIn(row: TimelineRow): string | undefined {
  if (!row.type.startsWith("Recording")) return undefined;
  const { recordingId } = summaryOf(row);
  return typeof recordingId === "string" ? recordingId : undefined;
}
