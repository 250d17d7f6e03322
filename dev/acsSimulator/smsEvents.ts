// The two SMS events, as learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events shows them:
// numbers without + except the recipient of a delivery report.
import type { SimulatedEvent } from "./context.ts";

interface Report {
  messageId: string;
  from: string;
  to: string;
  tag: string | undefined;
  /** Why it was not delivered, in ACS's words; undefined when it was. */
  failure: string | undefined;
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
  deliveryReport({ messageId, from, to, tag, failure, at }: Report): SimulatedEvent {
    const timestamp = at.toISOString();
    return {
      type: "SMSDeliveryReportReceived",
      id: messageId,
      subject: subjectOf(to),
      data: {
        messageId,
        from: withoutPlus(from),
        to,
        deliveryStatus: failure ? "Failed" : "Delivered",
        deliveryStatusDetails: failure ?? "No error.",
        receivedTimestamp: timestamp,
        deliveryAttempts: [{ timestamp, segmentsSucceeded: failure ? 0 : 1, segmentsFailed: failure ? 1 : 0 }],
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
