// Answers one received text, once.
//
//   decideOnce ─────────► sendPlaced ────► a delivery report, or the watch over it (noteReport, watchPlaced)
//     the gate, the budget,  see there
//     a row in the outbox
import type { InvocationContext } from "@azure/functions";
import { setting } from "../config.ts";
import { accept } from "../events/accept.ts";
import type { ReplyJob } from "../intake/jobs.ts";
import { readArchived } from "../storage/archive.ts";
import { tell } from "../telemetry/tell.ts";
import { decideOnce } from "./decideOnce.ts";
import { replyId } from "./outbox/rows.ts";
import { sendPlaced } from "./outbox/sendPlaced.ts";
import { textOf } from "./textOf.ts";
import { workingMessage } from "./workingMessage.ts";

/** Handles a job of queue `sms-replies`. Throws when a retry may help: storage down, a setting invalid. */
export async function sendAutoReply(job: ReplyJob, context: InvocationContext): Promise<void> {
  const text = textOf(accept(await readArchived(job.event)));
  if (!setting("AUTO_REPLY")) return tell(context, "no reply: AUTO_REPLY is off");
  const { state, from, to, reason } = await decideOnce(text, job.event);
  if (state === "silent") return tell(context, `no reply: ${reason}`);
  const outboxId = replyId(text.to, text.from, text.messageId);
  tell(context, await sendPlaced({ from, to, outboxId, turn: 0 }, workingMessage(context)));
}
