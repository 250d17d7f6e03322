import { chatAzureBotCommandReceivedInThread } from "./chatAzureBotCommandReceivedInThread.ts";
import { chatMessageDeleted } from "./chatMessageDeleted.ts";
import { chatMessageDeletedInThread } from "./chatMessageDeletedInThread.ts";
import { chatMessageEdited } from "./chatMessageEdited.ts";
import { chatMessageEditedInThread } from "./chatMessageEditedInThread.ts";
import { chatMessageReceived } from "./chatMessageReceived.ts";
import { chatMessageReceivedInThread } from "./chatMessageReceivedInThread.ts";
import { chatParticipantAddedToThreadWithUser } from "./chatParticipantAddedToThreadWithUser.ts";
import { chatParticipantRemovedFromThreadWithUser } from "./chatParticipantRemovedFromThreadWithUser.ts";
import { chatThreadCreated } from "./chatThreadCreated.ts";
import { chatThreadCreatedWithUser } from "./chatThreadCreatedWithUser.ts";
import { chatThreadDeleted } from "./chatThreadDeleted.ts";
import { chatThreadParticipantAdded } from "./chatThreadParticipantAdded.ts";
import { chatThreadParticipantRemoved } from "./chatThreadParticipantRemoved.ts";
import { chatThreadPropertiesUpdated } from "./chatThreadPropertiesUpdated.ts";
import { chatThreadPropertiesUpdatedPerUser } from "./chatThreadPropertiesUpdatedPerUser.ts";
import { chatThreadWithUserDeleted } from "./chatThreadWithUserDeleted.ts";
import { chatTypingIndicatorReceivedInThread } from "./chatTypingIndicatorReceivedInThread.ts";

/** Chat: eight types that ACS sends once per user, ten that it sends once per thread. */
export const chatEvents = [
  chatMessageReceived,
  chatMessageEdited,
  chatMessageDeleted,
  chatMessageReceivedInThread,
  chatMessageEditedInThread,
  chatMessageDeletedInThread,
  chatAzureBotCommandReceivedInThread,
  chatTypingIndicatorReceivedInThread,
  chatThreadCreatedWithUser,
  chatThreadWithUserDeleted,
  chatThreadPropertiesUpdatedPerUser,
  chatParticipantAddedToThreadWithUser,
  chatParticipantRemovedFromThreadWithUser,
  chatThreadCreated,
  chatThreadDeleted,
  chatThreadPropertiesUpdated,
  chatThreadParticipantAdded,
  chatThreadParticipantRemoved,
];
