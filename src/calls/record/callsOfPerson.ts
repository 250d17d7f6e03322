// The calls of a person, from that person's timeline, newest first: each at the earliest event that names the person.
import type { Entity } from "../../events/entities.ts";
import { bounded, type PageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import { windowsBack } from "../../storage/windowsBack.ts";
import { type CallName, namesIn } from "./callName.ts";
import type { CallRecordings } from "./callRecordings.ts";
import { type FoundCall, findCall, summaryOf } from "./findCall.ts";
import { type CallItem, itemOf } from "./listItem.ts";
import { earliestOf } from "./principalOf.ts";

/** What one answer may cost: windows of time, and names of calls that are looked into. */
const maxWindows = 20;
const maxLookedAt = 200;

/** Only events that tell of calls. */
const where = "family eq 'call' or family eq 'incomingCall'";

interface Wanted extends PageQuery {
  participant: Entity;
  path: string;
  recordings: CallRecordings;
  /** The item, if the list is to show it. */
  wanted(item: CallItem): CallItem | undefined;
}

export async function callsOfPerson({ participant, path, recordings, wanted, pageSize, after, ...span }: Wanted) {
  const { from, to } = bounded(span);
  const partitionKey = tableKey(participant);
  const before = after ?? `${new Date(to + 1).toISOString().slice(0, 23)}`;
  const value: CallItem[] = [];
  const known = new Map<CallName, FoundCall>();
  const find = async (name: CallName) => {
    const found = known.get(name) ?? (await findCall(name, recordings));
    for (const one of found?.names ?? []) if (found) known.set(one, found);
    return found;
  };
  let windows = 0;
  for await (const rows of windowsBack<TimelineRow>({ partitionKey, before, where }, from)) {
    for (const row of rows.toReversed()) {
      const name = nameIn(row);
      const found = name && (await find(name));
      const first = found && (await isFirst(row, found, partitionKey));
      const item = first ? wanted(itemOf(found, path, Date.now())) : undefined;
      if (item) value.push(item);
      if (value.length === pageSize || known.size >= maxLookedAt) return { value, next: row.rowKey };
    }
    const [oldest] = rows;
    if (++windows >= maxWindows && oldest) return { value, next: oldest.rowKey };
  }
  return { value };
}

const nameIn = (row: TimelineRow): CallName | undefined => namesIn({ data: summaryOf(row) })[0];

/** Whether the person's timeline names the call in no earlier row. Such a row cannot be older than the call. */
async function isFirst(row: TimelineRow, found: FoundCall, partitionKey: string): Promise<boolean> {
  const begin = earliestOf(found)?.rowKey ?? row.rowKey;
  const inCall = new Set(found.rows.map(({ rowKey }) => rowKey));
  // The row itself ends the range; what lies between is what the person did meanwhile.
  const range = { partitionKey, after: begin.slice(0, 20), before: row.rowKey, where };
  const earlier = await firstRows<TimelineRow>("timeline", range, 500);
  return !earlier.some(({ rowKey }) => inCall.has(rowKey));
}
