import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { toE164 } from "../../events/phoneNumber.ts";
import { smsDeliveryReportReceived } from "../../events/sms/smsDeliveryReportReceived.ts";
import { shortId } from "../../storage/keys.ts";
import { read } from "../../storage/ledger.ts";
import { takeOptOut } from "../optOut/takeOptOut.ts";
import type { Fact } from "./foldOutbox.ts";
import { learn } from "./learn.ts";
import { raiseFailed, resolveUnconfirmed } from "./outboxProblems.ts";
import { type OutboxRow, type SentRow, sentKey } from "./rows.ts";

/** As ACS says that the recipient opted out: https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq */
const blocked = /sender blocked for given recipient/i;

type Report = Extract<Fact, { kind: "report" }>;

/** Notes a delivery report at its text. One of a text that is not of the outbox is no trouble: it is archived like every event. */
export async function noteReport(event: AcsEvent): Promise<void> {
  if (!is(smsDeliveryReportReceived, event)) return;
  const { messageId, deliveryStatus: status = "", deliveryStatusDetails: details, deliveryAttempts, tag } = event.data;
  const [from, to] = [toE164(event.data.from), toE164(event.data.to)];
  const at = timeOf(event.data.receivedTimestamp ?? event.time);
  const report: Report = { kind: "report", messageId, status };
  if (details !== undefined) report.details = details.slice(0, 1000);
  if (deliveryAttempts) report.attempts = JSON.stringify(deliveryAttempts.slice(0, 50));
  if (at) report.at = at;

  const row = await find({ from, to, messageId, tag }, report);
  if (details && blocked.test(details)) {
    const sentAt = row?.sentAt ?? timeOf(deliveryAttempts?.[0]?.timestamp) ?? at ?? new Date();
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
  const byTag = tag ? await learn({ from, to, id: tag }, report) : undefined;
  const known = byTag ? { from, to, id: tag ?? "" } : (await read<SentRow>(sentKey(messageId)))?.row;
  const row = byTag ?? (known && (await learn(known, report)));
  if (!row || !known || row.messageId !== messageId) return undefined;
  const { state, reason, deliveryDetails = "" } = row;
  if (reason !== undefined && (state === "delivered" || state === "failed")) await resolveUnconfirmed(known.id, row);
  if (state === "failed" && !blocked.test(deliveryDetails)) await raiseFailed(known.id, row);
  return row;
}

function timeOf(time: string | null | undefined): Date | undefined {
  const date = new Date(time ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
