// `GET /api/sms`: walks the index of conversations (knowConversation.ts) from the newest text to the oldest. The index has a row for
// each text; a conversation is shown at the row of its last one.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { httpHandler } from "../../http/httpHandler.ts";
import { bounded, pageAnswer, pageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { read } from "../../storage/ledger.ts";
import { timeOfKey } from "../../storage/newestFirst.ts";
import { pageOfMonths } from "../../storage/pageOfMonths.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import { type OutboxRow, outboxKey } from "../outbox/rows.ts";
import { parseEnd } from "./endsInPath.ts";
import type { Ends, KnownRow } from "./knowConversation.ts";
import { areTexts, summaryOf, timelineTime, timeOf } from "./textRows.ts";

/** Rows of the index that one call looks at, and how many together. */
const maxLookedAt = 500;
const batch = 50;

/** Conversations that are looked into at once, in the whole process. */
const places = new Semaphore(16);

/** Characters of the last text that the list shows. */
const shownCharacters = 160;

/** Row keys of the index. */
const keys = /^0\d{14}_[0-9a-f]{64}$/;

interface Item extends Ends {
  lastAt: string;
  /** Absent for an event without a time, which cannot be found by it. */
  lastDirection?: "in" | "out";
  lastMessage?: string;
  /** Absent when no path can name the ends. */
  link?: string;
}

/** The handler of `GET /api/sms`. */
export const listConversations = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const query = pageQuery(request, "A conversation is listed when its last text is of a time between the two.", keys);
  const path = new URL(request.url).pathname.replace(/\/+$/, "");
  const seen = new Set<string>();
  const page = await pageOfMonths<KnownRow, Item>({
    ...query,
    ...bounded(query),
    index: "conversations",
    batch,
    maxLookedAt,
    async item(row) {
      // The rows come newest first, so what was seen once in this call is older here.
      if (seen.has(row.conversation)) return undefined;
      seen.add(row.conversation);
      return places.runExclusive(() => itemOf(row, path));
    },
  });
  return pageAnswer(page);
});

/** The conversation as it is listed; undefined when a later text came. */
async function itemOf(row: KnownRow & { rowKey: string }, path: string): Promise<Item | undefined> {
  const at = timeOfKey(row.rowKey);
  const range = { partitionKey: row.conversation, after: timelineTime(at), where: areTexts };
  // Two texts within a millisecond share a row of the index.
  const texts = await firstRows<TimelineRow>("timeline", range, 5);
  const last = texts.at(-1);
  if (last && timeOf(last) > at) return undefined;
  const { ourNumber, theirNumber } = row;
  const named = [ourNumber, theirNumber].every((end) => parseEnd(end) === end);
  return {
    ourNumber,
    theirNumber,
    lastAt: new Date(at).toISOString(),
    ...(last && (await lastOf(row, last))),
    ...(named && { link: `${path}/${encodeURIComponent(ourNumber)}/${encodeURIComponent(theirNumber)}` }),
  };
}

async function lastOf({ ourNumber, theirNumber }: Ends, row: TimelineRow): Promise<Partial<Item>> {
  const { id, message = "" } = summaryOf(row);
  if (row.type === "SMSReceived") return { lastDirection: "in", lastMessage: begin(message) };
  const placed = await read<OutboxRow>(outboxKey(ourNumber, theirNumber, id ?? ""));
  return { lastDirection: "out", lastMessage: begin(placed?.row.message ?? "") };
}

/** The begin of a text, without half a character at its end. */
function begin(message: string): string {
  return message.slice(0, shownCharacters).replace(/[\ud800-\udbff]$/, "");
}
