import { conversation } from "../events/entities.ts";
import { firstRows } from "../storage/firstRows.ts";
import { tableKey } from "../storage/keys.ts";
import { claim } from "../storage/ledger.ts";
import type { TimelineRow } from "../storage/readTimeline.ts";
import type { Text } from "./text.ts";

/** Texts that come so close to each other, in milliseconds, are one contact, whichever is looked at first. */
const together = 600_000;

/** Whether a text is the first contact between the two numbers. Of the texts of a first contact it is so for one. */
export async function isFirstContact({ to, from, messageId, receivedAt }: Text): Promise<boolean> {
  const range = { partitionKey: tableKey(conversation(to, from)), after: "1" };
  const [earliest] = await firstRows<TimelineRow>("timeline", range, 1);
  if (earliest && !isOf(messageId, earliest) && timeOf(earliest) < receivedAt.getTime() - together) return false;
  const { row } = await claim(["firstContact", to, from], { messageId });
  return row.messageId === messageId;
}

function isOf(messageId: string, { summary = "{}" }: TimelineRow): boolean {
  return (JSON.parse(summary) as { messageId?: string }).messageId === messageId;
}

function timeOf({ time = "" }: TimelineRow): number {
  return Date.parse(time);
}
