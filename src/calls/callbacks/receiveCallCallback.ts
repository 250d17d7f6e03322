// POST /api/callbacks/calls: Call Automation tells of a call that the app answered. ACS tries again after an error only, so what it
// says is kept before it is answered, and what can never be read is quarantined and acknowledged.
import type { HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import { getAcsJson } from "../../acs/getAcsJson.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { callAutomationEvents } from "../../events/call/callAutomation.ts";
import { isObject } from "../../events/json.ts";
import { recordingStateChanged } from "../../events/recording/recordingStateChanged.ts";
import type { Reason } from "../../events/rejected.ts";
import { callbackEvents } from "../../http/callbackEvents.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import type { Announce, Door } from "../../intake/receive.ts";
import { takeCallbacks } from "../../intake/takeCallbacks.ts";

const recordings = recordingStateChanged.type.toLowerCase();
const types = new Set([recordings, ...callAutomationEvents.map(({ type }) => type.toLowerCase())]);

/** @param announce what else is done with an archived event */
export function receiveCallCallback(announce?: Announce) {
  return httpHandler(async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const events = await callbackEvents(request, context, getAcsJson);
    await takeCallbacks(events, (raw) => doorOf(raw, announce), context);
    return { status: 200 };
  });
}

function doorOf(raw: unknown, announce: Announce | undefined): Door {
  return { family: typeOf(raw) === recordings ? "recording" : "call", announce, refuse: unlessCallback };
}

/** Only today's callbacks come this way: those of the previews, and all events of Event Grid, have other doors. */
function unlessCallback({ raw, schema }: AcsEvent): Reason[] {
  if (schema === "cloudEvents" && types.has(typeOf(raw))) return [];
  const expected = "a CloudEvent of Call Automation";
  return [{ code: "ACS_EVENTS_NOT_A_CALLBACK", pointer: "/type", expected, found: "another event" }];
}

function typeOf(raw: unknown): string {
  return isObject(raw) && typeof raw.type === "string" ? raw.type.toLowerCase() : "";
}
