// Answers one received text, once.
//
//   claim ──────────► send ──────────► confirm
//     │ insert-if-absent │ repeatability     │ merge if unchanged
//     │                  │ id of the claim   │
//     │                  ├ crash here: the queue gives the same message again; it finds its own claim and sends with the
//     │                  │ same repeatability id and first-sent time, and ACS answers with the first message's id
//     │                  └ refused as a whole at the first try: nothing was sent, and the claim is taken back
//     └ claimed by another message: that one is tried until it is done or poisoned, so this one has nothing to do
import type { InvocationContext } from "@azure/functions";
import { repeatabilityId } from "../acs/repeatability.ts";
import { type SmsResult, sendSms } from "../acs/sendSms.ts";
import { setting } from "../config.ts";
import { accept } from "../events/accept.ts";
import { is } from "../events/acsEvent.ts";
import { AcsEventsError } from "../events/errors.ts";
import { toE164 } from "../events/phoneNumber.ts";
import { smsReceived } from "../events/sms/smsReceived.ts";
import type { ReplyJob } from "../intake/jobs.ts";
import { readArchived } from "../storage/archive.ts";
import { type Claim, claim, release, settle, type WorkKey } from "../storage/ledger.ts";
import { raiseProblem } from "../storage/problems.ts";
import { decideReply } from "./decideReply.ts";
import { loadAutoReplies } from "./loadAutoReplies.ts";
import { isOurs, rememberOurs } from "./ourNumbers.ts";

type ReplyRow = { state: string; claimedAt: Date; owner: string; event: string };

/** Handles a job of queue `sms-replies`. Throws when a retry may help: storage or ACS down, a setting missing. */
export async function sendAutoReply(job: ReplyJob, context: InvocationContext): Promise<void> {
  const event = accept(await readArchived(job.event));
  if (!is(smsReceived, event)) throw new AcsEventsError("ACS_EVENTS_NOT_A_JOB", "The job's event is no received text.");
  if (!setting("AUTO_REPLY")) return context.log("no reply: AUTO_REPLY is off");
  const { messageId, message = "" } = event.data;
  const [from, to] = [toE164(event.data.from), toE164(event.data.to)];
  const decision = decideReply({ from, to, message }, await loadAutoReplies());
  await rememberOurs(to);
  if ("silence" in decision) return context.log(`no reply: ${decision.silence}`);
  if (await isOurs(from)) return context.log("no reply: the sender is a number of ours");

  const uncertainAfter = setting("REPLY_UNCERTAIN_AFTER");
  const work: WorkKey = ["reply", to, from, messageId];
  const owner = String(context.triggerMetadata?.id ?? context.invocationId);
  const held = await claim<ReplyRow>(work, { state: "claimed", claimedAt: new Date(), owner, event: job.event });
  if (held.row.state !== "claimed") return context.log(`already ${held.row.state}`);
  if (Date.now() - held.row.claimedAt.getTime() > uncertainAfter) return giveUp(work, held, job);
  if (held.row.owner !== owner) return context.log("another message is answering this text");

  const sent = await sendSms({
    from: to,
    to: from,
    message: decision.reply,
    tag: repeatabilityId(work),
    repeatability: { id: repeatabilityId(work), firstSent: held.row.claimedAt },
  }).catch(async (error) => {
    if (held.won && provesNothingSent(error)) await release(work, held.etag);
    throw error;
  });
  await confirm(work, held, sent, job);
  context.log(sent.accepted ? "replied" : `refused with status ${sent.status}`);
}

/** Nobody was asked, or ACS refused. A time-out (408), a 5xx and a broken connection may come after the text was taken. */
function provesNothingSent(error: unknown): boolean {
  if (error instanceof AcsEventsError && error.status === undefined) return true;
  const { status, statusCode = status ?? 0 } = error as { status?: number; statusCode?: number };
  return statusCode >= 400 && statusCode < 500 && statusCode !== 408;
}

async function confirm(work: WorkKey, { etag }: Claim<ReplyRow>, sent: SmsResult, { event }: ReplyJob): Promise<void> {
  if (sent.accepted) {
    await settle(work, etag, { state: "sent", messageId: sent.messageId, sentAt: new Date() });
    return;
  }
  // The problem first: after a crash in between, nobody would raise it.
  await raiseProblem({
    kind: "replyFailed",
    cause: `ACS refused a reply with status ${sent.status}`,
    advice: "Look up the status and the error in the ledger row of the reply; the text was not answered.",
    raw: event,
  });
  await settle(work, etag, { state: "failed", status: sent.status, error: sent.error });
}

async function giveUp(work: WorkKey, { etag }: Claim<ReplyRow>, { event }: ReplyJob): Promise<void> {
  await raiseProblem({
    kind: "replyUnconfirmed",
    cause: "A reply was begun and never confirmed",
    advice: "It may or may not have been sent, and is not sent again. Ask the sender, or look in the ACS logs.",
    raw: event,
  });
  await settle(work, etag, { state: "unconfirmed" });
}
