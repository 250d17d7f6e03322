import { accept } from "../../events/accept.ts";
import { readArchived } from "../../storage/archive.ts";
import { read } from "../../storage/ledger.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import { type OutboxRow, outboxKey, replyId } from "../outbox/rows.ts";
import { textOf } from "../textOf.ts";
import type { Ends } from "./knowConversation.ts";
import { shownTime, summaryOf } from "./textRows.ts";

/** A summary cuts what is longer than 1,000 characters, and halves texts only above 4 KB: a smaller one is whole. */
const surelyWhole = 1000;

export interface ReceivedItem {
  direction: "in";
  at?: string;
  messageId: string;
  message: string;
  /** What was decided: the id of the answer, which is an item of its own, or why there is none. Absent while nothing is. */
  answer?: { state: OutboxRow["state"]; id?: string; rule?: string; reason?: string };
}

/** A received text, in full. */
export async function receivedItem({ ourNumber, theirNumber }: Ends, row: TimelineRow): Promise<ReceivedItem> {
  const { messageId, message } = await textIn(row);
  const id = replyId(ourNumber, theirNumber, messageId);
  const answer = (await read<OutboxRow>(outboxKey(ourNumber, theirNumber, id)))?.row;
  return { direction: "in", ...shownTime(row), messageId, message, ...(answer && { answer: answerOf(id, answer) }) };
}

async function textIn(row: TimelineRow): Promise<{ messageId: string; message: string }> {
  const { messageId = "", message = "" } = summaryOf(row);
  if (row.blob === undefined || (row.summary ?? "").length < surelyWhole) return { messageId, message };
  return textOf(accept(await readArchived(row.blob)));
}

function answerOf(id: string, { state, rule, reason, message }: OutboxRow): ReceivedItem["answer"] {
  // A text that was placed and then not sent keeps its words, and is an item.
  const isItem = message !== "";
  return { state, ...(isItem && { id }), ...(rule && { rule }), ...(reason && { reason }) };
}
