import { hash } from "node:crypto";
import { keyOf } from "../../calls/threads/fragment.ts";
import { fragmentOf } from "../../calls/threads/fragmentOf.ts";
import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { namesIn } from "../../events/callName.ts";
import { emailDeliveryReportReceived } from "../../events/email/emailDeliveryReportReceived.ts";
import { advancedMessageDeliveryStatusUpdated } from "../../events/messaging/advancedMessageDeliveryStatusUpdated.ts";
import { advancedMessageReceived } from "../../events/messaging/advancedMessageReceived.ts";
import { toE164 } from "../../events/phoneNumber.ts";
import { recordingFileStatusUpdated } from "../../events/recording/recordingFileStatusUpdated.ts";
import { smsDeliveryReportReceived } from "../../events/sms/smsDeliveryReportReceived.ts";
import { smsReceived } from "../../events/sms/smsReceived.ts";
import { outboxKey, replyId, type SentRow, sentKey } from "../../sms/outbox/rows.ts";
import { read } from "../../storage/ledger.ts";
import type { Touches } from "./collect.ts";
import { emailReport, smsReport, whatsAppReport } from "./deliveryReports.ts";
import { receivedText, whatsAppMessage } from "./messages.ts";
import type { SentText } from "./touched.ts";

/** Families whose events tell of calls. */
const ofCalls: ReadonlySet<string> = new Set(["call", "incomingCall", "recording"]);

/** Notes what an event tells of. */
export async function touch(event: AcsEvent, touched: Touches): Promise<void> {
  if (is(smsReceived, event)) {
    const { from, to, messageId } = event.data;
    const [ours, theirs] = [toE164(to), toE164(from)];
    const whole = receivedText(event);
    await touched.messages.put(whole.id, { whole });
    await touched.texts.put(`${ours} ${theirs}`, { ourNumber: ours, theirNumber: theirs });
    await touchSent({ from: ours, to: theirs, id: replyId(ours, theirs, messageId) }, touched);
  } else if (is(smsDeliveryReportReceived, event)) {
    const { from, to, messageId, tag } = event.data;
    const report = smsReport(event);
    await touched.reports.put(report.id, report);
    const [ours, theirs] = [toE164(from), toE164(to)];
    await touched.texts.put(`${ours} ${theirs}`, { ourNumber: ours, theirNumber: theirs });
    const sent = (await read<SentRow>(sentKey(messageId)))?.row;
    if (sent) await touchSent({ from: sent.from, to: sent.to, id: sent.outboxId }, touched);
    else if (tag) await touchSent({ from: ours, to: theirs, id: tag }, touched);
  } else if (event.family === "chat") {
    await touchThread(event, touched);
  } else if (ofCalls.has(event.family)) {
    const [name] = namesIn(event);
    if (name) await touched.calls.put(name, name);
    if (is(recordingFileStatusUpdated, event) && event.data.recordingId !== undefined) {
      await touched.recordings.put(event.data.recordingId, event.data.recordingId);
    }
  } else if (is(advancedMessageReceived, event)) {
    const whole = whatsAppMessage(event);
    await touched.messages.put(whole.id, { whole });
  } else if (is(advancedMessageDeliveryStatusUpdated, event)) {
    const report = whatsAppReport(event);
    await touched.reports.put(report.id, report);
  } else if (is(emailDeliveryReportReceived, event)) {
    const report = emailReport(event);
    await touched.reports.put(report.id, report);
  }
}

/** Notes a text of ours, if the outbox has it; in its conversation, too. */
export async function touchSent(sent: SentText, touched: Touches): Promise<void> {
  const { from, to, id } = sent;
  if ((await read(outboxKey(from, to, id))) === undefined) return;
  await touched.messages.put(`sms:${from}:${to}:${id}`, { sent });
  await touched.texts.put(`${from} ${to}`, { ourNumber: from, theirNumber: to });
}

async function touchThread(event: AcsEvent, touched: Touches): Promise<void> {
  const fragment = fragmentOf(event);
  const { threadId } = event.data;
  if (!fragment || typeof threadId !== "string") return;
  await touched.threads.put(threadId, threadId);
  if (fragment.kind !== "message") return;
  const key = hash("sha256", keyOf(fragment));
  await touched.messages.put(`thread:${threadId}:${fragment.messageId}`, { chat: { threadId, key } });
}
