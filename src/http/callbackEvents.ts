import type { HttpRequest, InvocationContext } from "@azure/functions";
import { AcsEventsError } from "../events/errors.ts";
import { checkCallbackToken, type GetJson } from "./callbackToken.ts";
import { readJson } from "./readJson.ts";

/** ACS posts one event, or a few; so many are taken in long before ACS gives up waiting. */
const maxEvents = 500;

/**
 * The events that ACS posts to a callback: one, or a list of them.
 * @throws AcsEventsError as checkCallbackToken and readJson; ACS_EVENTS_BAD_REQUEST (413) for a list that is too long, of which nothing
 * is taken in
 */
export async function callbackEvents(
  request: HttpRequest,
  context: InvocationContext,
  getJson: GetJson,
): Promise<unknown[]> {
  await checkCallbackToken(request, context, getJson);
  const body = await readJson(request);
  const events: unknown[] = Array.isArray(body) ? body : body === undefined ? [] : [body];
  if (events.length <= maxEvents) return events;
  const message = `The body has more than ${maxEvents} events. Post them in several requests; none of these was taken in.`;
  throw new AcsEventsError("ACS_EVENTS_BAD_REQUEST", message, { status: 413 });
}
