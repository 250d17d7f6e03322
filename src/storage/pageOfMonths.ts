// Lists that go back over years stand in the timeline, newest first: one partition a month (`{index}:{yyyy-MM}`), or, for a list that
// not all events of a kind go to, a single one.
import { firstRows } from "./firstRows.ts";
import { newestFirst, timeOfKey } from "./newestFirst.ts";

/** Partitions that one call looks into. */
const maxMonths = 24;

/** What a page is made of, and what it may cost. */
export interface Months<Row, Item> {
  /** The partitions' name. */
  index: string;
  /** The list is the partition `index` itself. */
  undivided?: boolean;
  /** First and last time that is wanted, both included; milliseconds since 1970. */
  from: number;
  to: number;
  pageSize: number;
  /** Row key after which the page begins. */
  after: string | undefined;
  /** Rows that are looked at together; by default as many as the page has room for. */
  batch: number | undefined;
  /** Rows that one call looks at. */
  maxLookedAt: number;
  /** What the list shows of a row, or undefined. Called in the order of the rows, before the one before has answered. */
  item(row: Row & { rowKey: string }): Promise<Item | undefined>;
}

/**
 * A page of a list, newest first: at most `pageSize` items, of at most `maxLookedAt` rows.
 * @returns `next`: the row key after which the next page begins; absent at the end
 */
export async function pageOfMonths<Row extends object, Item>(
  months: Months<Row, Item>,
): Promise<{ value: Item[]; next?: string }> {
  const { index, undivided, from, to, pageSize, after, batch, maxLookedAt } = months;
  const value: Item[] = [];
  const before = `${newestFirst(from)}_g`;
  let position = after ?? `${newestFirst(to)}_`;
  let lookedAt = 0;
  let entered = 0;
  for (let month = monthOf(timeOfKey(position)); month >= monthOf(from); month = monthOf(month - 1)) {
    if (++entered > maxMonths) return { value, next: position };
    const partitionKey = undivided ? index : `${index}:${new Date(month).toISOString().slice(0, 7)}`;
    for (let left = true; left; ) {
      const wanted = Math.min(batch ?? pageSize - value.length, maxLookedAt - lookedAt);
      const rows = await firstRows<Row>("timeline", { partitionKey, after: position, before }, wanted);
      const items = await Promise.all(rows.map((row) => months.item(row)));
      for (const [place, { rowKey }] of rows.entries()) {
        const item = items[place];
        if (item !== undefined) value.push(item);
        position = rowKey;
        if (value.length === pageSize || ++lookedAt === maxLookedAt) return { value, next: position };
      }
      left = rows.length === wanted;
    }
    if (undivided) break;
    position = `${newestFirst(month)}_${"f".repeat(64)}`;
  }
  return { value };
}

/** The begin of the UTC month that a time is in. */
function monthOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
