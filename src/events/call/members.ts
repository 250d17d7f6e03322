// Members that the call events share.
import { documented, members, text } from "../fields.ts";
import { identifier } from "../models.ts";

const callParticipant = members("Who, and in which role", {
  communicationIdentifier: identifier,
  role: documented("string", "Attendee, Presenter, Organizer, Consumer, Collaborator"),
});

/** Every call event. */
export const inCall = {
  serverCallId: text("The call; what recording and rooms know it by"),
  startedBy: callParticipant,
  group: members("The group call; absent for others", { id: text("Group id, a GUID") }),
  room: members("The room; absent for others", { id: text("Room id") }),
  isTwoParty: documented("boolean", "A call between two"),
  correlationId: text("The call id; absent from events of 2021"),
  isRoomsCall: documented("boolean", "A call in a room"),
};

/** Somebody who joined or left. */
export const participation = {
  user: callParticipant,
  displayName: text("The name shown to the others"),
  participantId: text("This stay of the user in the call, a GUID"),
  userAgent: documented("string", "The client that the user called with"),
};
