import type { HttpRequest } from "@azure/functions";
import { badQuery, bounded, pageQuery } from "../../http/pageQuery.ts";

export interface ListQuery {
  /** Starts of recordings, milliseconds since 1970; both included. */
  from: number;
  to: number;
  state: "complete" | "incomplete" | undefined;
  pageSize: number;
  /** Row key after which the page begins. */
  after: string | undefined;
}

/** Row keys of the index (becomeKnown.ts). */
const keys = /^0\d{14}_[0-9a-f]{64}$/;

/** The query of `GET /api/recordings`. @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) that names the parameter */
export function listQuery(request: HttpRequest): ListQuery {
  const state = request.query.get("state")?.toLowerCase() || undefined;
  if (state !== undefined && state !== "complete" && state !== "incomplete") {
    throw badQuery("state", "state is complete or incomplete; leave it out for both.");
  }
  const page = pageQuery(request, "A recording is listed when it started between the two.", keys);
  return { ...page, ...bounded(page), state };
}
