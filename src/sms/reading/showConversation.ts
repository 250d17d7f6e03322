// `GET /api/sms/{ourNumber}/{theirNumber}`: what went between two numbers, in order of time.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { conversation } from "../../events/entities.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { type PageQuery, pageAnswer, pageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import { endsInPath } from "./endsInPath.ts";
import type { Ends } from "./knowConversation.ts";
import { receivedItem } from "./receivedItem.ts";
import { reportItem } from "./reportItem.ts";
import { sentItem } from "./sentItem.ts";
import { timelineTime } from "./textRows.ts";

/** Rows of the timeline that one call looks at: most texts have a report beside them. */
const maxLookedAt = 300;

/** Rows that are looked at in full at once, in the whole process. */
const places = new Semaphore(16);

/** Row keys of the timeline: the time of an event, and its identity or the id of a text of ours. */
const keys = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z_[0-9a-f-]{36,64}$/;

/** The handler of `GET /api/sms/{ourNumber}/{theirNumber}`. */
export const showConversation = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const ends = endsInPath(request.params);
  const query = pageQuery(request, "A text is shown when it is of a time between the two.", keys);
  const page = await pageOf(ends, query);
  if (page.value.length === 0 && !(await isKnown(ends))) {
    throw new AcsEventsError(
      "ACS_EVENTS_UNKNOWN_CONVERSATION",
      "No text went between these two numbers. GET /api/sms lists the conversations; the number of the resource comes first.",
      { status: 404, target: "theirNumber" },
    );
  }
  return pageAnswer(page);
});

const partitionOf = ({ ourNumber, theirNumber }: Ends) => tableKey(conversation(ourNumber, theirNumber));

async function isKnown(ends: Ends): Promise<boolean> {
  return (await firstRows("timeline", { partitionKey: partitionOf(ends), after: "" }, 1)).length > 0;
}

async function pageOf(
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
