import { createHash } from "node:crypto";
import { conversation } from "../../events/entities.ts";
import { toE164 } from "../../events/phoneNumber.ts";
import { shortId, tableKey } from "../../storage/keys.ts";
import { newestFirst } from "../../storage/newestFirst.ts";
import { putRows } from "../../storage/timeline.ts";

/** The two ends of a conversation: numbers, short codes or names of senders. */
export interface Ends {
  ourNumber: string;
  theirNumber: string;
}

/** A row of the index of conversations: one for each text, so that none is ever changed or taken away. */
export interface KnownRow extends Ends {
  /** Partition of the conversation in the timeline. */
  conversation: string;
}

/**
 * Makes a conversation known to the list (listConversations.ts) by a text of it. Doing it again changes nothing.
 * @param at the time that the text has in the timeline: the list sees by it whether a later one came
 */
export async function knowConversation(ends: Ends, at: Date): Promise<void> {
  await putRows([knownRow(ends, at)]);
}

/** The row that a text gives the list. */
export function knownRow(ends: Ends, at: Date) {
  const partition = tableKey(conversation(ends.ourNumber, ends.theirNumber));
  return {
    partitionKey: `conversations:${at.toISOString().slice(0, 7)}`,
    rowKey: `${newestFirst(at.getTime())}_${createHash("sha256").update(partition).digest("hex")}`,
    conversation: partition,
    ourNumber: shown(ends.ourNumber),
    theirNumber: shown(ends.theirNumber),
  };
}

/** A number for a column. What no number holds would make storage refuse the row, and the event with it. */
function shown(number: string): string {
  return shortId(toE164(number).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "\ufffd"));
}
