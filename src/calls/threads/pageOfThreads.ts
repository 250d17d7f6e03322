// A page of the list of threads, by its index (rows.ts). A thread stands where its last message or change is: of the threads of an hour the last
// is looked up, and those that stand in it are put in order. How much was said costs little: a thread has 24 rows a day at most.
import { Semaphore } from "async-mutex";
import { bounded, type PageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { newestFirst, timeOfKey } from "../../storage/newestFirst.ts";
import { hourOf, type ListedRow, listed, partsOf, transcriptOf } from "./rows.ts";

/** What one call may cost: rows of the index, and threads that are looked into; the hour in which it is reached is gone through. */
const maxRows = 10_000;
const maxThreads = 500;

/** Rows of one query. An hour with as many threads is not put in order but taken in pieces: order would cost a look into each, for each page. */
const rowsAtOnce = 1000;
const piece = 50;

/** Threads that are looked into at once, in the whole process. */
const places = new Semaphore(16);

/** After a thread that was shown (`_`), or after a row of the index (`~`). */
export const positions = /^0\d{14}[_~][0-9a-f]{64}$/;

export interface LastOf {
  threadId: string;
  /** Milliseconds since 1970. */
  lastAt: number;
  /** The key of the last message or change. */
  key: string;
}

type IndexRow = ListedRow & { rowKey: string };

/** @returns `next`: the position after which the next page begins; absent at the end */
export async function pageOfThreads(query: PageQuery): Promise<{ value: LastOf[]; next?: string }> {
  const { from = Number.NEGATIVE_INFINITY, pageSize, after } = query;
  const { to } = bounded(query);
  const shown = after?.[15] === "_" ? after : "";
  const value: LastOf[] = [];
  const lasts = new Map<string, Promise<LastOf | undefined>>();
  let seen = 0;

  async function placed({ threadId: json, rowKey }: IndexRow) {
    const threadId = JSON.parse(json) as string;
    const looking = lasts.get(threadId) ?? places.runExclusive(() => lastOf(threadId));
    lasts.set(threadId, looking);
    const last = await looking;
    if (!last || hourOf(last.lastAt) !== timeOfKey(rowKey) || last.lastAt < from || last.lastAt > to) return [];
    const position = `${newestFirst(last.lastAt)}${rowKey.slice(15)}`;
    return position > shown ? [{ last, position, rowKey }] : [];
  }

  for await (const { rows, whole } of hours(beginOf(after, to), query.from)) {
    const found = (await Promise.all(rows.map(placed))).flat();
    if (whole) found.sort((a, b) => (a.position < b.position ? -1 : 1));
    for (const { last, position, rowKey } of found) {
      value.push(last);
      if (value.length === pageSize) return { value, next: whole ? position : afterRow(rowKey) };
    }
    seen += rows.length;
    if (seen >= maxRows || lasts.size >= maxThreads) return { value, next: afterRow(rows.at(-1)?.rowKey ?? "") };
  }
  return { value };
}

/** The rows of the index, an hour after the other; in pieces (not `whole`) where an hour has too many, or is not begun at its begin. */
async function* hours(after: string, from: number | undefined): AsyncGenerator<{ rows: IndexRow[]; whole: boolean }> {
  const before = from === undefined ? undefined : `${newestFirst(hourOf(from))}_g`;
  for (let [position, more] = [after, true]; more; ) {
    const range = { partitionKey: listed, after: position, ...(before !== undefined && { before }) };
    const rows = await firstRows<ListedRow>("timeline", range, rowsAtOnce);
    more = rows.length === rowsAtOnce;
    const found = [...Map.groupBy(rows, ({ rowKey }) => timeOfKey(rowKey))];
    const crowded = more && found.length === 1;
    // The rest of the last hour is not among them: it is read again, from its begin.
    if (more && !crowded) found.pop();
    for (const [hour, inHour] of found) {
      const midway = position.length > beginOfHour(hour).length && timeOfKey(position) === hour;
      const whole = !crowded && !midway;
      const atOnce = whole ? inHour.length : piece;
      for (let begin = 0; begin < inHour.length; begin += atOnce) {
        yield { rows: inHour.slice(begin, begin + atOnce), whole };
      }
      position = inHour.at(-1)?.rowKey ?? position;
    }
  }
}

const afterRow = (rowKey: string) => rowKey.replace("_", "~");

const beginOfHour = (hour: number) => `${newestFirst(hour)}_`;

/** The row key of the index after which a page begins. */
function beginOf(after: string | undefined, to: number): string {
  if (after?.[15] === "~") return after.replace("~", "_");
  return beginOfHour(hourOf(after === undefined ? to : timeOfKey(after)));
}

async function lastOf(threadId: string): Promise<LastOf | undefined> {
  const range = { partitionKey: transcriptOf(threadId), after: "l_", before: "l_a" };
  const [row] = await firstRows("timeline", range, 1);
  if (!row) return undefined;
  const { place, key } = partsOf(row.rowKey);
  return { threadId, lastAt: timeOfKey(place), key };
}
