// Rows of a conversation in the timeline.
import type { TimelineRow } from "../../storage/readTimeline.ts";

/** What of an event of the family, or of a text that was placed, stands in its row. Texts in it may be cut. */
export interface Summary {
  /** Of a text that was placed: its id in the outbox. */
  id?: string;
  messageId?: string;
  message?: string;
  deliveryStatus?: string;
  deliveryStatusDetails?: string;
  tag?: string;
}

/** OData: texts, without the reports of their delivery. */
export const areTexts = "type eq 'SMSReceived' or type eq 'SmsPlaced'";

export function summaryOf({ summary = "{}" }: TimelineRow): Summary {
  return JSON.parse(summary) as Summary;
}

/** A time (milliseconds since 1970) as the timeline's keys begin with it. */
export function timelineTime(time: number): string {
  return new Date(time).toISOString().replace("Z", "0000Z");
}

/** The time of a row, in milliseconds since 1970; NaN for an event without a time. */
export function timeOf({ time = "" }: TimelineRow): number {
  return Date.parse(time);
}

/** `{ at }`, as items show it. */
export function shownTime(row: TimelineRow): { at?: string } {
  const time = timeOf(row);
  return Number.isNaN(time) ? {} : { at: new Date(time).toISOString() };
}
