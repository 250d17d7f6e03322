// `GET /api/threads/{threadId}`: the transcript of a chat thread, as JSON or as text.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { pageAnswer, pageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { asText } from "./asText.ts";
import { readItems } from "./readItems.ts";
import { readThread } from "./readThread.ts";
import { eventsOf, itemKeys } from "./rows.ts";
import { wantsText } from "./wantsText.ts";

/** The handler of `GET /api/threads/{threadId}`. */
export const showThread = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const threadId = threadInPath(request.params);
  const query = pageQuery(request, "A message or change is shown when it is of a time between the two.", itemKeys);
  const text = wantsText(request);
  const [thread, page] = await Promise.all([readThread(threadId), readItems(threadId, query)]);
  if (page.value.length === 0 && !(await isKnown(threadId))) throw unknownThread();
  const { jsonBody, headers } = pageAnswer(page);
  const varying = { ...headers, vary: "accept" };
  if (!text) return { headers: varying, jsonBody: { threadId, ...thread, ...jsonBody } };
  const more = jsonBody.continuationToken && nextPath(request.url, jsonBody.continuationToken);
  return {
    headers: {
      ...varying,
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      ...(more && { link: `<${more}>; rel="next"` }),
    },
    body: asText(threadId, thread, page.value, more),
  };
});

/** The threadId of a path. The real host leaves an encoded slash as it is, unlike all else. */
function threadInPath({ threadId = "" }: Record<string, string>): string {
  return threadId.replace(/%2f/gi, "/");
}

/** @returns the error for a thread of which nothing is known */
function unknownThread(): AcsEventsError {
  const message = "No event of this chat thread came here. GET /api/threads lists those that are known.";
  return new AcsEventsError("ACS_EVENTS_UNKNOWN_THREAD", message, { status: 404, target: "threadId" });
}

/** Of a thread in which somebody only typed there is nothing to show, and yet it is there. */
async function isKnown(threadId: string): Promise<boolean> {
  return (await firstRows("timeline", { partitionKey: eventsOf(threadId), after: "" }, 1)).length > 0;
}

/** Path and query of the next page; a key in the query stays with its caller. */
function nextPath(url: string, continuationToken: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.delete("code");
  searchParams.set("continuationToken", continuationToken);
  return `${pathname}?${searchParams}`;
}
