import { read } from "../../storage/ledger.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import { type OutboxRow, outboxKey, type SentRow, sentKey } from "../outbox/rows.ts";
import type { Ends } from "./knowConversation.ts";
import { type Summary, shownTime, summaryOf } from "./textRows.ts";

export interface ReportItem {
  direction: "report";
  at?: string;
  messageId: string;
  deliveryStatus?: string;
  deliveryDetails?: string;
  tag?: string;
}

/** A delivery report of a text that was sent past the outbox; undefined for one that its text shows. */
export async function reportItem(ends: Ends, row: TimelineRow): Promise<ReportItem | undefined> {
  const report = summaryOf(row);
  if (await isShown(ends, report)) return undefined;
  const { messageId = "", deliveryStatus, deliveryStatusDetails, tag } = report;
  return {
    direction: "report",
    ...shownTime(row),
    messageId,
    ...(deliveryStatus && { deliveryStatus }),
    ...(deliveryStatusDetails && { deliveryDetails: deliveryStatusDetails }),
    ...(tag && { tag }),
  };
}

/** Whether it is of a text of the outbox: by our tag, else by the id that ACS gave the text. */
async function isShown({ ourNumber, theirNumber }: Ends, { messageId = "", tag }: Summary): Promise<boolean> {
  const tagged = tag ? await read<OutboxRow>(outboxKey(ourNumber, theirNumber, tag)) : undefined;
  if (tagged?.row.messageId === messageId) return true;
  return (await read<SentRow>(sentKey(messageId))) !== undefined;
}
