// Delivery reports of all channels in one form. The same report in two shapes is one: its id is made from what it says.
import { hash } from "node:crypto";
import type { EventOf } from "../../events/acsEvent.ts";
import { defined } from "../../events/defined.ts";
import type { emailDeliveryReportReceived } from "../../events/email/emailDeliveryReportReceived.ts";
import type { advancedMessageDeliveryStatusUpdated } from "../../events/messaging/advancedMessageDeliveryStatusUpdated.ts";
import { toE164 } from "../../events/phoneNumber.ts";
import type { smsDeliveryReportReceived } from "../../events/sms/smsDeliveryReportReceived.ts";
import type { DeliveryReport } from "../schemas/deliveryReport.ts";
import { shownTime } from "./shownTime.ts";

export function smsReport({ data, time, identity }: EventOf<typeof smsDeliveryReportReceived>): DeliveryReport {
  return withId({
    channel: "sms",
    providerMessageId: data.messageId,
    from: toE164(data.from),
    to: toE164(data.to),
    ...defined({
      status: data.deliveryStatus,
      details: data.deliveryStatusDetails,
      attempts: data.deliveryAttempts,
      at: shownTime(data.receivedTimestamp, time),
      tag: data.tag || undefined,
    }),
    event: identity,
  });
}

export function emailReport({ data, time, identity }: EventOf<typeof emailDeliveryReportReceived>): DeliveryReport {
  return withId({
    channel: "email",
    providerMessageId: data.messageId,
    ...defined({
      from: data.sender,
      to: data.recipient,
      status: data.status,
      details: data.deliveryStatusDetails,
      at: shownTime(data.deliveryAttemptTimestamp, time),
    }),
    event: identity,
  });
}

export function whatsAppReport({
  data,
  time,
  identity,
}: EventOf<typeof advancedMessageDeliveryStatusUpdated>): DeliveryReport {
  return withId({
    channel: "whatsapp",
    from: data.from,
    to: data.to,
    ...defined({
      providerMessageId: data.messageId,
      status: data.status,
      details: data.error,
      at: shownTime(data.receivedTimestamp, time),
    }),
    event: identity,
  });
}

function withId(report: Omit<DeliveryReport, "id">): DeliveryReport {
  const { channel, providerMessageId, from, to, status, at, event } = report;
  // Without an id of the message, two reports may say the same and be two.
  const says = providerMessageId === undefined ? [event] : [providerMessageId, from, to, status, at];
  return { id: hash("sha256", JSON.stringify([channel, ...says])), ...report };
}
