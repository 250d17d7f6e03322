import { read } from "../../storage/ledger.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import { type OutboxRow, outboxKey } from "../outbox/rows.ts";
import type { Ends } from "./knowConversation.ts";
import { shownTime, summaryOf } from "./textRows.ts";

export interface SentItem {
  direction: "out";
  /** When it was placed in the outbox. */
  at?: string;
  id: string;
  message: string;
  /** `unknown`: the outbox has nothing of it any more. */
  state: OutboxRow["state"] | "unknown";
  by?: OutboxRow["by"];
  rule?: string;
  reason?: string;
  messageId?: string;
  sentAt?: string;
  deliveredAt?: string;
  /** When its next try is due. */
  notBefore?: string;
  /** Tries that failed. */
  attempts?: number;
  deliveryStatus?: string;
  deliveryDetails?: string;
  /** The carrier's attempts, as it reported them. */
  deliveryAttempts?: unknown;
}

/** A text of ours, as its row of the outbox has it now. */
export async function sentItem({ ourNumber, theirNumber }: Ends, row: TimelineRow): Promise<SentItem> {
  const { id = "" } = summaryOf(row);
  const outbox = (await read<OutboxRow>(outboxKey(ourNumber, theirNumber, id)))?.row;
  const item = { direction: "out", ...shownTime(row), id } as const;
  if (!outbox) return { ...item, message: "", state: "unknown" };
  const { message, state, by, rule, reason, messageId, deliveryStatus, deliveryDetails, deliveryAttempts } = outbox;
  const { attempts, sentAt, notBefore, reportedAt } = outbox;
  return {
    ...item,
    message,
    state,
    by,
    ...(rule && { rule }),
    ...(reason && { reason }),
    ...(messageId && { messageId }),
    ...(sentAt && { sentAt: sentAt.toISOString() }),
    ...(state === "delivered" && reportedAt && { deliveredAt: reportedAt.toISOString() }),
    ...(state === "placed" && notBefore && { notBefore: notBefore.toISOString() }),
    ...(attempts > 0 && { attempts }),
    ...(deliveryStatus && { deliveryStatus }),
    ...(deliveryDetails && { deliveryDetails }),
    ...(deliveryAttempts && { deliveryAttempts: JSON.parse(deliveryAttempts) as unknown }),
  };
}
