import { setting } from "../../config.ts";
import { callAutomationEvents, previewCallbacks } from "../../events/call/callAutomation.ts";
import { callLegStateChanged } from "../../events/call/callLegStateChanged.ts";
import { definitionOf } from "../../events/definitions.ts";
import { recordingStateChanged } from "../../events/recording/recordingStateChanged.ts";
import type { RawEvent } from "./rawEvents.ts";
import { typeIn } from "./typeIn.ts";

/** What Call Automation posts to a callback; no event of Event Grid has such a type. */
const ofCallbacks: ReadonlySet<string> = new Set(
  [recordingStateChanged, callLegStateChanged, ...callAutomationEvents, ...previewCallbacks].map(({ type }) => type),
);

/**
 * The topics that are welcome at the door by which an event came; empty for any. The doors of callbacks ask for a token of ACS and for no topic.
 * What Event Grid brought under such a type has been refused for its topic, or is a dead letter: for that, topics count.
 */
export function topicsFor({ raw, quarantine, reasons = [] }: RawEvent): ReadonlySet<string> {
  const definition = definitionOf(typeIn(raw));
  const byGrid = quarantine || reasons.includes("ACS_EVENTS_TOPIC_NOT_ALLOWED");
  return definition && ofCallbacks.has(definition.type) && !byGrid ? new Set() : setting("ALLOWED_TOPICS");
}
