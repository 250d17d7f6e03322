import type { setting } from "../config.ts";
import { type AcsEvent, is } from "../events/acsEvent.ts";
import { callConnected } from "../events/call/callAutomation.ts";
import { callLegStateChanged } from "../events/call/callLegStateChanged.ts";
import { callStarted } from "../events/call/callStarted.ts";

type Mode = ReturnType<typeof setting<"AUTO_RECORD">>;

/**
 * The serverCallId of the call that an event says has begun, if calls of its kind are recorded; undefined otherwise.
 * An all-zero group id is no group; a callback of Call Automation tells of neither group nor room.
 */
export function callToRecord(event: AcsEvent, mode: Mode): string | undefined {
  if (mode === "off") return undefined;
  if (is(callStarted, event)) {
    const { serverCallId, group, room } = event.data;
    const wanted = mode === "all" || (mode === "group" ? group?.id : room?.id);
    return wanted ? serverCallId : undefined;
  }
  if (is(callConnected, event) && mode === "all") return event.data.serverCallId || undefined;
  if (is(callLegStateChanged, event) && mode === "all" && event.data.callState?.toLowerCase() === "established") {
    return event.data.conversationId || undefined;
  }
  return undefined;
}
