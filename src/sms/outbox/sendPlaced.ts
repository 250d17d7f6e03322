// Sends a text of the outbox: one try, and if that fails a job for the next.
//
//   take the try ───────► ask ACS ──────► note what became of it
//     merge if unchanged    repeatability    merge, folded: a delivery report may have been faster
//     │                     id of the row    │
//     └ another job's turn,                  ├ nothing was sent (429, no credentials, no connection): later, for a day
//       or another message                   └ unknown (time-out, 5xx, cut): again under the same repeatability id, and given
//       works at it: nothing                   up as unconfirmed after REPLY_UNCERTAIN_AFTER
import { sendSms } from "../../acs/sendSms.ts";
import type { SmsFailure } from "../../acs/smsFailure.ts";
import type { SendJob } from "../../intake/jobs.ts";
import { put } from "../../storage/ledger.ts";
import { rememberOurs } from "../ourNumbers.ts";
import { learn } from "./learn.ts";
import { raiseFailed, raiseNoCredentials } from "./outboxProblems.ts";
import { watch } from "./place.ts";
import { retryDelay } from "./retryDelay.ts";
import { type OutboxRow, sentKey } from "./rows.ts";
import { holdPace } from "./takeSlot.ts";
import { putOff, takeTry } from "./takeTry.ts";

/** How long a text that was never sent is tried, in milliseconds. */
const triedFor = 86_400_000;

/**
 * Sends a text of the outbox if it is this job's turn.
 * @param message id of the queue message that works at it
 * @returns what became of it, in words for the log
 */
export async function sendPlaced(job: SendJob, message: string): Promise<string> {
  const taken = await takeTry(job, message);
  if (typeof taken === "string") return taken;
  const { row, before } = taken;
  const sent = await sendSms({
    from: row.from,
    to: row.to,
    message: row.message,
    tag: job.id,
    repeatability: { id: job.id, firstSent: row.sendingSince ?? row.placedAt },
  });
  if (sent.outcome !== "accepted") return failed(job, row, before, sent);
  await Promise.all([
    put(sentKey(sent.messageId), { from: row.from, to: row.to, id: job.id }),
    rememberOurs(row.from),
    // The first watch counts from the placing.
    ...(row.turn > 0 ? [watch({ ...job, turn: row.turn })] : []),
  ]);
  await learn(job, { kind: "accepted", messageId: sent.messageId, at: new Date() });
  return "sent";
}

/** @param before whether it may have been sent before this try */
async function failed(job: SendJob, row: OutboxRow, before: boolean, failure: SmsFailure): Promise<string> {
  const { outcome, reason } = failure;
  if (outcome === "notSent" && failure.blocked) await raiseNoCredentials();
  const hopeless = outcome === "notSent" && !before && Date.now() - row.placedAt.getTime() > triedFor;
  if (outcome === "refused" || hopeless) {
    // The problem first: after a crash in between, nobody would raise it.
    await raiseFailed(job.id, row);
    await learn(job, { kind: "refused", reason });
    return "refused";
  }
  const attempts = row.attempts + 1;
  const wait = (outcome === "notSent" && failure.retryAfterMs) || retryDelay(attempts);
  if (reason === "ACS answered 429") await holdPace(row.from, wait);
  await putOff(job, wait, { attempts, reason, maybeSent: outcome === "unknown" || before });
  return `${outcome}, and tried again later`;
}
