// The outbox: ledger rows of the texts that go out, one a text, and how they are known.
import { repeatabilityId } from "../../acs/repeatability.ts";
import { toE164 } from "../../events/phoneNumber.ts";
import type { WorkKey } from "../../storage/ledger.ts";

/**
 * silent: decided not to be answered. placed: to be sent. sent: ACS took it. unconfirmed: whether it was sent, or what became of it,
 * is not known. What follows on what is in foldOutbox.ts.
 */
type OutboxState = "silent" | "placed" | "sent" | "unconfirmed" | "failed" | "delivered";

/** A text that goes out, or a received one that is not answered. */
export type OutboxRow = {
  state: OutboxState;
  /** Ours. */
  from: string;
  to: string;
  /** As it is sent; decided once, because ACS takes a repeated request only with the same words. Empty when silent. */
  message: string;
  /** Who asked for it: a rule of the owner, an opt-out word, or a caller of `POST /api/sms`. */
  by: "rule" | "optOut" | "hand";
  /** Name of the rule. */
  rule?: string;
  /** Why it is not answered, or why it failed. */
  reason?: string;
  /** Archived event of the text that it answers. */
  event?: string;
  placedAt: Date;
  /** Which job may send it: the one of this turn. */
  turn: number;
  /** The queue message that works at this turn, and until when it is its own. */
  owner?: string;
  ownedUntil?: Date;
  /** Whether it may have been sent, and since when; the time is also ACS's first-sent time of the repeated request. */
  maybeSent: boolean;
  sendingSince?: Date;
  /** When its next try is due. */
  notBefore?: Date;
  /** Whether that is its place in the pace of the number; a try after a failure takes a new one. */
  hasSlot?: boolean;
  /** Tries that failed, why the last one did, and whether ACS wanted less from this sender. */
  attempts: number;
  lastFailure?: string;
  throttled?: boolean;
  /** Id that ACS gave it. */
  messageId?: string;
  sentAt?: Date;
  /** As the last delivery report has it. */
  deliveryStatus?: string;
  deliveryDetails?: string;
  /** JSON: the carrier's attempts. */
  deliveryAttempts?: string;
  /** When the report was written. */
  reportedAt?: Date;
};

/** The row of a text. */
export function outboxKey(from: string, to: string, id: string): WorkKey {
  return ["outbox", toE164(from), toE164(to), id];
}

/** Which text of the outbox ACS knows by a message id, for reports without our tag. */
export type SentRow = { from: string; to: string; outboxId: string };

export function sentKey(messageId: string): WorkKey {
  return ["sentText", messageId];
}

/** The id of the answer to a text: row key, tag of the delivery report and repeatability id in one. */
export function replyId(ourNumber: string, theirNumber: string, messageId: string): string {
  return repeatabilityId(["reply", toE164(ourNumber), toE164(theirNumber), messageId]);
}

/** The id of a text that is sent by hand. */
export function sendId(from: string, to: string, idempotencyKey: string): string {
  return repeatabilityId(["send", toE164(from), toE164(to), idempotencyKey]);
}
