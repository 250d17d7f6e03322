// The two SMS events, as learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events shows them:
// numbers without + except the recipient of a delivery report.
import type { SimulatedEvent } from "./context.ts";

interface Report {
  messageId: string;
  from: string;
  to: string;
  tag: string | undefined;
  /** The recipient has opted out. */
  blocked: boolean;
  at: Date;
}

interface Received {
  messageId: string;
  from: string;
  to: string;
  message: string;
  at: Date;
}

export const smsEvents = {
  deliveryReport({ messageId, from, to, tag, blocked, at }: Report): SimulatedEvent {
    const timestamp = at.toISOString();
    return {
      type: "SMSDeliveryReportReceived",
      id: messageId,
      subject: subjectOf(to),
      data: {
        messageId,
        from: withoutPlus(from),
        to,
        deliveryStatus: blocked ? "Failed" : "Delivered",
        deliveryStatusDetails: blocked ? "Sender blocked for given recipient." : "No error.",
        receivedTimestamp: timestamp,
        deliveryAttempts: [{ timestamp, segmentsSucceeded: blocked ? 0 : 1, segmentsFailed: blocked ? 1 : 0 }],
        ...(tag === undefined ? {} : { tag }),
      },
    };
  },

  received({ messageId, from, to, message, at }: Received): SimulatedEvent {
    return {
      type: "SMSReceived",
      id: messageId,
      subject: subjectOf(to),
      data: {
        messageId,
        from: withoutPlus(from),
        to: withoutPlus(to),
        message,
        receivedTimestamp: at.toISOString(),
        segmentCount: Math.ceil(message.length / 160),
      },
    };
  },
};

function subjectOf(number: string): string {
  return `/phonenumber/${withoutPlus(number)}`;
}

function withoutPlus(number: string): string {
  return number.replace(/^\+/, "");
}
