import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { credibleTime } from "../../events/credibleTime.ts";
import { toE164 } from "../../events/phoneNumber.ts";
import { smsDeliveryReportReceived } from "../../events/sms/smsDeliveryReportReceived.ts";
import { shortId } from "../../storage/keys.ts";
import { read } from "../../storage/ledger.ts";
import { takeOptOut } from "../optOut/takeOptOut.ts";
import type { Fact } from "./foldOutbox.ts";
import { learn } from "./learn.ts";
import { raiseFailed, resolveFailed, resolveUnconfirmed } from "./outboxProblems.ts";
import { type OutboxRow, type SentRow, sentKey } from "./rows.ts";

/** As ACS says that the recipient opted out: https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq */
const blocked = /sender blocked for given recipient/i;

type Report = Extract<Fact, { kind: "report" }>;

/** What a row has room for, in characters; ACS writes a few words, and an attempt or two. */
const [longestText, longestAttempts] = [1000, 10_000];

/**
 * Notes a delivery report at its text. One of a text that is not of the outbox is no trouble: it is archived like every event.
 * @param arrivedAt when the report was archived; no time in it can be later
 */
export async function noteReport(event: AcsEvent, arrivedAt: Date): Promise<void> {
  if (!is(smsDeliveryReportReceived, event)) return;
  const { messageId, deliveryStatus = "", deliveryStatusDetails: details, deliveryAttempts, tag } = event.data;
  const [from, to] = [toE164(event.data.from), toE164(event.data.to)];
  const at = credibleTime([event.data.receivedTimestamp, event.time], arrivedAt);
  const report: Report = { kind: "report", messageId, status: deliveryStatus.slice(0, longestText), at };
  if (details !== undefined) report.details = details.slice(0, longestText);
  const attempts = JSON.stringify(deliveryAttempts ?? []);
  if (deliveryAttempts && attempts.length <= longestAttempts) report.attempts = attempts;

  const row = await find({ from, to, messageId, tag }, report);
  if (details && blocked.test(details)) {
    // When it was blocked: a START that was said since is newer.
    const sentAt =
      row?.sentAt ?? credibleTime([deliveryAttempts?.[0]?.timestamp, event.data.receivedTimestamp], arrivedAt);
    await takeOptOut(
      { ourNumber: from, theirNumber: to },
      { state: "out", at: sentAt, id: shortId(messageId), source: "report" },
    );
  }
}

/** The text that a report is of, with the report noted: by our tag, else by ACS's id. */
async function find(
  { from, to, messageId, tag }: { from: string; to: string; messageId: string; tag: string | undefined },
  report: Report,
): Promise<OutboxRow | undefined> {
  const byTag = tag ? await learn({ from, to, outboxId: tag }, report) : undefined;
  const known = byTag ? { from, to, outboxId: tag ?? "" } : (await read<SentRow>(sentKey(messageId)))?.row;
  const row = byTag ?? (known && (await learn(known, report)));
  if (!row || !known || row.messageId !== messageId) return undefined;
  const { state, reason, deliveryDetails = "" } = row;
  // Who has a reason was unconfirmed or failed before, or is it now.
  if (reason !== undefined && isFinal(state)) await resolveUnconfirmed(known.outboxId, row);
  if (reason !== undefined && state === "delivered") await resolveFailed(known.outboxId, row);
  if (state === "failed" && !blocked.test(deliveryDetails)) await raiseFailed(known.outboxId, row);
  return row;
}

function isFinal(state: OutboxRow["state"]): boolean {
  return state === "delivered" || state === "failed";
}
