// A page of what went between two numbers, in order of time.
import { Semaphore } from "async-mutex";
import { conversation } from "../../events/entities.ts";
import type { PageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import type { Ends } from "./knowConversation.ts";
import { receivedItem } from "./receivedItem.ts";
import { reportItem } from "./reportItem.ts";
import { sentItem } from "./sentItem.ts";
import { timelineTime } from "./textRows.ts";

/** Rows of the timeline that one call looks at: most texts have a report beside them. */
const maxLookedAt = 300;

/** Rows that are looked at in full at once, in the whole process. */
const places = new Semaphore(16);

/** The partition of a conversation in the timeline, as it is written there. */
export const partitionOf = ({ ourNumber, theirNumber }: Ends) => tableKey(conversation(ourNumber, theirNumber));

/** @returns `next`: the row key after which the next page begins; absent at the end */
export async function readConversation(
  ends: Ends,
  { from, to, pageSize, after }: PageQuery,
): Promise<{ value: object[]; next?: string }> {
  const value: object[] = [];
  const before = to === undefined ? {} : { before: timelineTime(to + 1) };
  let position = after ?? (from === undefined ? "" : timelineTime(from));
  for (let lookedAt = 0; ; ) {
    const wanted = Math.min(pageSize - value.length, maxLookedAt - lookedAt);
    const range = { partitionKey: partitionOf(ends), after: position, ...before };
    const rows = await firstRows<TimelineRow>("timeline", range, wanted);
    const items = await Promise.all(rows.map((row) => places.runExclusive(() => itemOf(ends, row))));
    value.push(...items.filter((item) => item !== undefined));
    if (rows.length < wanted) return { value };
    position = rows.at(-1)?.rowKey ?? position;
    lookedAt += rows.length;
    if (value.length === pageSize || lookedAt === maxLookedAt) return { value, next: position };
  }
}

/** What is shown of a row; undefined for the report of a text that is shown with what the report says. */
async function itemOf(ends: Ends, row: TimelineRow): Promise<object | undefined> {
  if (row.type === "SMSReceived") return receivedItem(ends, row);
  return row.type === "SmsPlaced" ? sentItem(ends, row) : reportItem(ends, row);
}
