import { smsDeliveryReportReceived } from "./smsDeliveryReportReceived.ts";
import { smsReceived } from "./smsReceived.ts";

/** Text messages. */
export const smsEvents = [smsReceived, smsDeliveryReportReceived];
