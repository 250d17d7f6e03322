import type { SentMessage } from "../../dev/acsSimulator/sms.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";

/** A delivery report, as it comes from elsewhere or late. */
export function reportEvent(sent: Partial<SentMessage> | undefined, deliveryStatus: string) {
  const { messageId, from, to, tag } = sent ?? {};
  const data = { messageId, from, to, deliveryStatus, receivedTimestamp: new Date().toISOString() };
  return eventGridEvent(
    "SMSDeliveryReportReceived",
    { ...data, ...(tag !== undefined && { tag }) },
    { id: `${messageId}-${deliveryStatus}` },
  );
}
