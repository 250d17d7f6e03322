import { advancedMessageAnalysisCompleted } from "./advancedMessageAnalysisCompleted.ts";
import { advancedMessageDeliveryStatusUpdated } from "./advancedMessageDeliveryStatusUpdated.ts";
import { advancedMessageReceived } from "./advancedMessageReceived.ts";

/** Advanced messaging: WhatsApp. */
export const messagingEvents = [
  advancedMessageReceived,
  advancedMessageDeliveryStatusUpdated,
  advancedMessageAnalysisCompleted,
];
