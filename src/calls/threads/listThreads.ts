// `GET /api/threads`: the threads, newest first, each at its last message or change.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { defined } from "../../events/defined.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { pageAnswer, pageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { begin } from "./begin.ts";
import { foldItem } from "./foldItem.ts";
import type { Fragment } from "./fragment.ts";
import { type LastOf, pageOfThreads, positions } from "./pageOfThreads.ts";
import { type FragmentRow, maxFragments, transcriptOf } from "./rows.ts";

/** Threads that are read at once, in the whole process. */
const places = new Semaphore(16);

/** Characters of the last message that the list shows. */
const shownCharacters = 160;

/** The handler of `GET /api/threads`. */
export const listThreads = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const query = pageQuery(
    request,
    "A thread is listed when its last message or change is of a time between.",
    positions,
  );
  const path = new URL(request.url).pathname.replace(/\/+$/, "");
  const { value, ...page } = await pageOfThreads(query);
  const threads = value.map((thread) => places.runExclusive(() => shown(thread, path)));
  return pageAnswer({ ...page, value: await Promise.all(threads) });
});

async function shown({ threadId, lastAt, key }: LastOf, path: string) {
  const partitionKey = transcriptOf(threadId);
  const [topic, last] = await Promise.all([topicOf(partitionKey), lastItem(partitionKey, key)]);
  const link = `${path}/${encodeURIComponent(threadId)}`;
  return defined({ threadId, topic, lastAt: new Date(lastAt).toISOString(), last, link });
}

async function topicOf(partitionKey: string): Promise<string | undefined> {
  const range = { partitionKey, after: "c_", before: "c_a", where: "about eq 'topic'" };
  const [row] = await firstRows<FragmentRow>("timeline", range, 1);
  const fragment = row && (JSON.parse(row.fragment) as Fragment);
  return fragment && "topic" in fragment ? fragment.topic : undefined;
}

async function lastItem(partitionKey: string, key: string) {
  const range = { partitionKey, after: `f_${key}_`, before: `f_${key}_g` };
  const rows = await firstRows<FragmentRow>("timeline", range, maxFragments);
  if (rows.length === 0) return undefined;
  const item = foldItem(rows.map(({ fragment }) => JSON.parse(fragment) as Fragment));
  if (item.kind !== "message") return defined({ kind: item.kind, by: item.by });
  const { kind, sender, text, deleted } = item;
  return defined({ kind, sender, text: text && begin(text, shownCharacters), deleted });
}
