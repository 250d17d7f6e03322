// Sends a text of the outbox: one try, and if that fails a job for the next.
//
//   take the try ───────► ask ACS ──────► note what became of it
//     merge if unchanged    repeatability    merge, folded: a delivery report may have been faster
//     │                     id of the row    │
//     ├ another job's turn, or another       ├ nothing was sent (429, no credentials, no connection): later, for a day
//     │ message works at it: nothing         └ unknown (time-out, 5xx, cut): again under the same repeatability id, and given
//     └ its time has not come: later           up as unconfirmed after REPLY_UNCERTAIN_AFTER
import { sendSms } from "../../acs/sendSms.ts";
import type { SmsFailure } from "../../acs/smsFailure.ts";
import { put } from "../../storage/ledger.ts";
import { numberKind } from "../numberKind.ts";
import { rememberOurs } from "../ourNumbers.ts";
import { endFailed, endUnconfirmed } from "./endings.ts";
import { learn } from "./learn.ts";
import { raiseUnable, resolveUnable } from "./outboxProblems.ts";
import { watch } from "./place.ts";
import { putOff } from "./putOff.ts";
import { retryDelay } from "./retryDelay.ts";
import { type OutboxRow, sentKey } from "./rows.ts";
import { holdPace } from "./takeSlot.ts";
import { takeTry } from "./takeTry.ts";
import type { TextTurn } from "./textTurn.ts";

/** How long a text that was never sent is tried, in milliseconds. */
const triedFor = 86_400_000;

/** How long a sender is left alone after a 429 that does not say, in milliseconds: ACS counts by the minute. */
const breather = 30_000;

/**
 * Sends a text of the outbox if it is this job's turn.
 * @param message id of the queue message that works at it
 * @returns what became of it, in words for the log
 */
export async function sendPlaced(job: TextTurn, message: string): Promise<string> {
  const taken = await takeTry(job, message);
  if (typeof taken === "string") return taken;
  const { row, before } = taken;
  const sent = await sendSms({
    from: row.from,
    to: row.to,
    message: row.message,
    tag: job.outboxId,
    repeatability: { id: job.outboxId, firstSent: row.sendingSince ?? row.placedAt },
  });
  if (sent.outcome !== "accepted") return failed(job, row, before, sent);
  const { messageId } = sent;
  const { from, to } = row;
  await Promise.all([
    ...(messageId === undefined ? [] : [put(sentKey(messageId), { from, to, outboxId: job.outboxId })]),
    ...(numberKind(from) === "name" ? [] : [rememberOurs(from)]),
    resolveUnable(),
    // The first watch counts from the placing.
    ...(row.turn > 0 ? [watch({ ...job, turn: row.turn })] : []),
  ]);
  await learn(job, { kind: "accepted", ...(messageId !== undefined && { messageId }), at: new Date() });
  return "sent";
}

/** @param before whether it may have been sent before this try */
async function failed(job: TextTurn, row: OutboxRow, before: boolean, failure: SmsFailure): Promise<string> {
  const { outcome, reason } = failure;
  if (outcome === "refused") return before ? endUnconfirmed(job, row, reason) : endFailed(job, row, reason);
  const [throttled, unable] = outcome === "notSent" ? [failure.throttled, failure.unable] : [];
  if (unable) await raiseUnable(reason);
  const tooLong = Date.now() - row.placedAt.getTime() > triedFor;
  if (outcome === "notSent" && !before && tooLong) return endFailed(job, row, reason);
  const attempts = row.attempts + 1;
  const wait = throttled?.retryAfterMs ?? retryDelay(attempts);
  if (throttled) await holdPace(row.from, throttled.retryAfterMs ?? breather);
  const maybeSent = outcome === "unknown" || before;
  const columns = { attempts, lastFailure: reason, throttled: throttled !== undefined, maybeSent, hasSlot: false };
  await putOff(job, wait, columns);
  return `${outcome}, and tried again later`;
}
