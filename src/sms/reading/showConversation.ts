// `GET /api/sms/{ourNumber}/{theirNumber}`: what went between two numbers, in order of time.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { pageAnswer, pageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { endsInPath } from "./endsInPath.ts";
import type { Ends } from "./knowConversation.ts";
import { partitionOf, readConversation } from "./readConversation.ts";

/** Row keys of the timeline: the time of an event, and its identity or the id of a text of ours. */
const keys = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z_[0-9a-f-]{36,64}$/;

/** The handler of `GET /api/sms/{ourNumber}/{theirNumber}`. */
export const showConversation = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const ends = endsInPath(request.params);
  const query = pageQuery(request, "A text is shown when it is of a time between the two.", keys);
  const page = await readConversation(ends, query);
  if (page.value.length === 0 && !(await isKnown(ends))) {
    throw new AcsEventsError(
      "ACS_EVENTS_UNKNOWN_CONVERSATION",
      "No text went between these two numbers. GET /api/sms lists the conversations; the number of the resource comes first.",
      { status: 404, target: "theirNumber" },
    );
  }
  return pageAnswer(page);
});

async function isKnown(ends: Ends): Promise<boolean> {
  return (await firstRows("timeline", { partitionKey: partitionOf(ends), after: "" }, 1)).length > 0;
}
