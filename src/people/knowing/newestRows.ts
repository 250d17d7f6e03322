import type { Entity } from "../../events/entities.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import { windowsBack } from "../../storage/windowsBack.ts";
import type { PersonRow } from "./eventsOfPerson.ts";

/** Between these are the events without a time. */
const [undated, dated] = ["0000", "0001"];

interface Span {
  /** Row key after which, going back, the rows begin. */
  before: string;
  /** Milliseconds since 1970; absent: all, those without a time last. */
  from?: number | undefined;
}

/** Nothing of ACS is older. */
const oldest = Date.UTC(2015, 0);

/** The newest rows of a person before a row, at most `count` of them, each once. */
export async function newestRows(entities: readonly Entity[], span: Span, count: number): Promise<PersonRow[]> {
  const found = await Promise.all(entities.map((entity) => newestOf(entity, span, count)));
  const rows = new Map<string, PersonRow>();
  for (const row of found.flat()) if (!rows.has(row.rowKey)) rows.set(row.rowKey, row);
  return [...rows.values()].sort((a, b) => (a.rowKey < b.rowKey ? 1 : -1)).slice(0, count);
}

async function newestOf(entity: Entity, { before, from }: Span, count: number): Promise<PersonRow[]> {
  const partitionKey = tableKey(entity);
  const found: PersonRow[] = [];
  const add = (rows: readonly TimelineRow[]) => found.push(...rows.toReversed().map((row) => ({ ...row, entity })));
  if (before > dated) {
    // Few windows are empty: each is four times as wide as the one before.
    for await (const rows of windowsBack<TimelineRow>({ partitionKey, before }, from ?? oldest)) {
      add(rows);
      if (found.length >= count) return found.slice(0, count);
    }
  }
  if (from === undefined) {
    const range = { partitionKey, after: undated, before: before < dated ? before : dated };
    add(await firstRows<TimelineRow>("timeline", range, 1_000));
  }
  return found.slice(0, count);
}
