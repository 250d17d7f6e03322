// `GET /api/calls/{serverCallId}`: all that is known of a call, by any of its ids.
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import type { CallRecordings } from "./callRecordings.ts";
import { readCall } from "./readCall.ts";

/** @param recordings what there is of recordings */
export function showCall(recordings: CallRecordings) {
  return httpHandler(async ({ params }) => {
    // The real host leaves an encoded slash as it is, unlike all else.
    const jsonBody = await readCall((params.serverCallId ?? "").replace(/%2f/gi, "/"), recordings);
    if (jsonBody) return { headers: { "cache-control": "no-store" }, jsonBody };
    const message =
      "Nothing is known of a call with this id. GET /api/calls lists the calls; give an id percent-encoded.";
    throw new AcsEventsError("ACS_EVENTS_UNKNOWN_CALL", message, { status: 404, target: "serverCallId" });
  });
}
