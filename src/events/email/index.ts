import { emailDeliveryReportReceived } from "./emailDeliveryReportReceived.ts";
import { emailEngagementTrackingReportReceived } from "./emailEngagementTrackingReportReceived.ts";

/** E-mail. */
export const emailEvents = [emailDeliveryReportReceived, emailEngagementTrackingReportReceived];
