import { type AcsEvent, is } from "../events/acsEvent.ts";
import { credibleTime } from "../events/credibleTime.ts";
import { AcsEventsError } from "../events/errors.ts";
import { toE164 } from "../events/phoneNumber.ts";
import { smsReceived } from "../events/sms/smsReceived.ts";
import type { Text } from "./text.ts";

/**
 * The text of an event.
 * @param arrivedAt when the event was archived; a text without a credible time was received then
 * @throws AcsEventsError ACS_EVENTS_NOT_A_JOB when the event is no received text
 */
export function textOf(event: AcsEvent, arrivedAt = new Date()): Text {
  if (!is(smsReceived, event)) throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", "The job's event is no received text.");
  const { messageId, message = "", from, to, receivedTimestamp } = event.data;
  const receivedAt = credibleTime([receivedTimestamp, event.time], arrivedAt);
  return { messageId, message, from: toE164(from), to: toE164(to), receivedAt };
}
