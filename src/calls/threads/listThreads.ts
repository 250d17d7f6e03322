// `GET /api/threads`: walks the index of threads (rows.ts) from the newest message or change to the oldest. A thread is shown at its last.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { defined } from "../../events/defined.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { bounded, pageAnswer, pageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { timeOfKey } from "../../storage/newestFirst.ts";
import { pageOfMonths } from "../../storage/pageOfMonths.ts";
import { begin } from "./begin.ts";
import { foldItem, type Item } from "./foldItem.ts";
import type { Fragment, Participant } from "./fragment.ts";
import { type FragmentRow, itemKey, type ListedRow, partsOf, transcriptOf } from "./rows.ts";

/** Rows of the index that one call looks at, and how many together. */
const maxLookedAt = 500;
const batch = 50;

/** Threads that are looked into at once, in the whole process. */
const places = new Semaphore(16);

/** Events of a thread's last item that are looked at. */
const maxFragments = 20;

/** Characters of the last message that the list shows. */
const shownCharacters = 160;

/** Row keys of the index. */
const keys = /^0\d{14}_[0-9a-f]{64}$/;

interface Listed {
  threadId: string;
  topic?: string;
  lastAt: string;
  last?: { kind: Item["kind"]; by?: string; sender?: Participant; text?: string; deleted?: true };
  link: string;
}

/** The handler of `GET /api/threads`. */
export const listThreads = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const query = pageQuery(request, "A thread is listed when its last message or change is of a time between.", keys);
  const path = new URL(request.url).pathname.replace(/\/+$/, "");
  const seen = new Set<string>();
  const page = await pageOfMonths<ListedRow, Listed>({
    ...query,
    ...bounded(query),
    index: "threads",
    batch,
    maxLookedAt,
    async item({ rowKey, ...row }) {
      const threadId = JSON.parse(row.threadId) as string;
      // The rows come newest first, so what was seen once in this call is older here.
      if (seen.has(threadId)) return undefined;
      seen.add(threadId);
      return places.runExclusive(() => listed(threadId, new Date(timeOfKey(rowKey)).toISOString(), path));
    },
  });
  return pageAnswer(page);
});

/** The thread as it is listed; undefined when something later came. */
async function listed(threadId: string, lastAt: string, path: string): Promise<Listed | undefined> {
  const partitionKey = transcriptOf(threadId);
  const later = { partitionKey, after: itemKey(lastAt, "g"), before: "i_a" };
  if ((await firstRows("timeline", later, 1)).length > 0) return undefined;
  const atLast = { partitionKey, after: itemKey(lastAt, ""), before: itemKey(lastAt, "g") };
  const [topic, [last]] = await Promise.all([topicOf(partitionKey), firstRows("timeline", atLast, 1)]);
  return defined({
    threadId,
    topic,
    lastAt,
    last: last && (await lastOf(partitionKey, partsOf(last.rowKey).key)),
    link: `${path}/${encodeURIComponent(threadId)}`,
  });
}

async function topicOf(partitionKey: string): Promise<string | undefined> {
  const range = { partitionKey, after: "c_", before: "c_a", where: "about eq 'topic'" };
  const [row] = await firstRows<FragmentRow>("timeline", range, 1);
  const fragment = row && (JSON.parse(row.fragment) as Fragment);
  return fragment && "topic" in fragment ? fragment.topic : undefined;
}

async function lastOf(partitionKey: string, key: string): Promise<Listed["last"]> {
  const range = { partitionKey, after: `f_${key}_`, before: `f_${key}_g` };
  const rows = await firstRows<FragmentRow>("timeline", range, maxFragments);
  if (rows.length === 0) return undefined;
  const item = foldItem(rows.map(({ fragment }) => JSON.parse(fragment) as Fragment));
  if (item.kind !== "message") return defined({ kind: item.kind, by: item.by });
  const { kind, sender, text, deleted } = item;
  return defined({ kind, sender, text: text && begin(text, shownCharacters), deleted });
}
