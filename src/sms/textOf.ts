import { type AcsEvent, is } from "../events/acsEvent.ts";
import { AcsEventsError } from "../events/errors.ts";
import { toE164 } from "../events/phoneNumber.ts";
import { smsReceived } from "../events/sms/smsReceived.ts";
import type { Text } from "./text.ts";

/** The text of an event. One without any time counts as received now. @throws AcsEventsError when it is no received text */
export function textOf(event: AcsEvent): Text {
  if (!is(smsReceived, event)) throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", "The job's event is no received text.");
  const { messageId, message = "", from, to, receivedTimestamp } = event.data;
  const receivedAt = [receivedTimestamp, event.time].map((time) => new Date(time ?? "")).find(isTime) ?? new Date();
  return { messageId, message, from: toE164(from), to: toE164(to), receivedAt };
}

function isTime(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}
