import type { Legacy } from "../upcast.ts";

/** Until 2024 the documentation wrote SMS data in PascalCase, and real events mix both ("Tag"). */
export const pascalCase: Legacy = {
  renamed: {
    MessageId: "messageId",
    From: "from",
    To: "to",
    Message: "message",
    ReceivedTimestamp: "receivedTimestamp",
    SegmentCount: "segmentCount",
    DeliveryStatus: "deliveryStatus",
    DeliveryStatusDetails: "deliveryStatusDetails",
    DeliveryAttempts: "deliveryAttempts",
    Tag: "tag",
  },
  inside: {
    deliveryAttempts: {
      renamed: {
        Timestamp: "timestamp",
        SegmentsSucceeded: "segmentsSucceeded",
        SegmentsFailed: "segmentsFailed",
      },
    },
  },
};
