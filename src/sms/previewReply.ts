import { setting, settingIsValid } from "../config.ts";
import type { AcsEvent } from "../events/acsEvent.ts";
import type { JobPreview } from "../intake/jobPreview.ts";
import { previewSend } from "./outbox/previewSend.ts";
import { replyId } from "./outbox/rows.ts";
import { textOf } from "./textOf.ts";

/** What a job of queue `sms-replies` would do with a received text now. Nothing is written. */
export async function previewReply(event: AcsEvent): Promise<JobPreview> {
  const { from, to, messageId, receivedAt } = textOf(event);
  const known = await previewSend({ from: to, to: from, outboxId: replyId(to, from, messageId) });
  if (known) return known;
  if (settingIsValid("AUTO_REPLY") && !setting("AUTO_REPLY"))
    return { done: true, says: "no answer: AUTO_REPLY is off" };
  const late = settingIsValid("AUTO_REPLY_MAX_AGE_MINUTES") ? setting("AUTO_REPLY_MAX_AGE_MINUTES") : undefined;
  if (late !== undefined && Date.now() - receivedAt.getTime() > late)
    return { done: false, says: "no answer: the text came too late" };
  return { done: false, says: "the rules decide on an answer" };
}
