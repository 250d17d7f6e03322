import { guidOf } from "./callIds.ts";
import type { SimulatedEvent } from "./context.ts";

/** The event of a call's end, as learn.microsoft.com/azure/event-grid/communication-services-voice-video-events shows it. */
export function callEnded(serverCallId: string, resourceId: string): SimulatedEvent {
  const rawId = `8:acs:${resourceId}_0000000a-1111-4222-8333-444444444401`;
  const communicationIdentifier = { rawId, communicationUser: { id: rawId } };
  return {
    type: "CallEnded",
    subject: `call/${encodeURIComponent(serverCallId)}`,
    data: {
      serverCallId,
      correlationId: guidOf(serverCallId),
      startedBy: { communicationIdentifier, role: "Organizer" },
      endedBy: { communicationIdentifier, type: "Participant", name: "" },
      reason: { code: 0, subCode: 0, phrase: "" },
      isTwoParty: false,
      isRoomsCall: false,
      callDurationInSeconds: 60,
    },
  };
}
