import type { Legacy } from "../upcast.ts";

/** Members of a thread in 2020 had a plain memberId; spec examples put metadata into the identifier. */
const participant: Legacy = {
  identified: { memberId: "participantCommunicationIdentifier" },
  lifted: { metadata: "participantCommunicationIdentifier" },
};

/** Chat events of the 2020 preview and of 2021. Source: fields.md, section 4. */
export const chatLegacy: Legacy = {
  renamed: {
    members: "participants",
    memberAdded: "participantAdded",
    memberRemoved: "participantRemoved",
  },
  identified: {
    senderId: "senderCommunicationIdentifier",
    recipientId: "recipientCommunicationIdentifier",
    createdBy: "createdByCommunicationIdentifier",
    deletedBy: "deletedByCommunicationIdentifier",
    editedBy: "editedByCommunicationIdentifier",
    addedBy: "addedByCommunicationIdentifier",
    removedBy: "removedByCommunicationIdentifier",
  },
  numbers: ["version"],
  inside: { participants: participant, participantAdded: participant, participantRemoved: participant },
};
