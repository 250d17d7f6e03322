// POST /api/callbacks/recording: ACS tells of a recording's state. ACS tries again after an error only, so what it says is kept
// before it is answered, and what can never be read is quarantined and acknowledged.
import type { HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import { getAcsJson } from "../../acs/getAcsJson.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { isObject } from "../../events/json.ts";
import { recordingStateChanged } from "../../events/recording/recordingStateChanged.ts";
import type { Reason } from "../../events/rejected.ts";
import { callbackEvents } from "../../http/callbackEvents.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { inTurn } from "../../intake/inTurn.ts";
import type { Announce, Door } from "../../intake/receive.ts";
import { takeCallbacks } from "../../intake/takeCallbacks.ts";
import { noteState } from "./noteState.ts";

/** @param announceBesides what else is done with an archived event */
export function receiveStateCallback(announceBesides: Announce) {
  return httpHandler(async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const events = await callbackEvents(request, context, getAcsJson);
    const start = request.query.get("start");
    const announce = inTurn((event) => noteState(event, start), announceBesides);
    const door: Door = { family: "recording", announce, refuse: unlessCallback };
    await takeCallbacks(events, () => door, context);
    return { status: 200 };
  });
}

/** Only today's callback comes this way: its name of 2021 and all events of Event Grid have other doors. */
function unlessCallback({ raw, schema }: AcsEvent): Reason[] {
  const { type } = recordingStateChanged;
  const named = isObject(raw) && typeof raw.type === "string" ? raw.type : "";
  if (schema === "cloudEvents" && named.toLowerCase() === type.toLowerCase()) return [];
  return [{ code: "ACS_EVENTS_NOT_A_CALLBACK", pointer: "/type", expected: type, found: "another event" }];
}
