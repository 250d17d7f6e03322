import type { HttpRequest } from "@azure/functions";
import { type Entity, person } from "../../events/entities.ts";
import { badQuery, type PageQuery, pageQuery } from "../../http/pageQuery.ts";
import { type CallState, callStates } from "./stateOf.ts";

export interface ListQuery extends PageQuery {
  /** The person whose calls are wanted. */
  participant: Entity | undefined;
  state: CallState | undefined;
}

/** Row keys of the lists. */
const keys = /^0\d{14}_[0-9a-f]{64}$/;

/** The query of `GET /api/calls`. @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) that names the parameter */
export function listQuery(request: HttpRequest): ListQuery {
  const who = request.query.get("participant") || undefined;
  // In a query, a "+" that is not encoded is a space.
  const participant = who === undefined ? undefined : person(who.replace(/^(4:)? (?=\d+$)/, "$1+"));
  if (who !== undefined && participant === undefined) {
    throw badQuery("participant", "participant is a raw id (8:acs:…, 4:+14255550123) or a phone number.");
  }
  const said = request.query.get("state")?.toLowerCase() || undefined;
  const state = callStates.find((known) => known.toLowerCase() === said);
  if (said !== undefined && state === undefined) {
    throw badQuery("state", `state is ${callStates.join(", ")}; leave it out for all.`);
  }
  const rule = "A call is listed when its earliest event is of a time between the two.";
  return { ...pageQuery(request, rule, keys), participant, state };
}
