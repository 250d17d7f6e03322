import { type AcsEvent, is } from "../../events/acsEvent.ts";
import { chatAzureBotCommandReceivedInThread } from "../../events/chat/chatAzureBotCommandReceivedInThread.ts";
import { chatMessageDeleted } from "../../events/chat/chatMessageDeleted.ts";
import { chatMessageDeletedInThread } from "../../events/chat/chatMessageDeletedInThread.ts";
import { chatMessageEdited } from "../../events/chat/chatMessageEdited.ts";
import { chatMessageEditedInThread } from "../../events/chat/chatMessageEditedInThread.ts";
import { chatMessageReceived } from "../../events/chat/chatMessageReceived.ts";
import { chatMessageReceivedInThread } from "../../events/chat/chatMessageReceivedInThread.ts";
import { defined } from "../../events/defined.ts";
import type { Identifier } from "../../events/models.ts";
import type { MessageFragment } from "./fragment.ts";
import { idIn, metadataIn } from "./participantIn.ts";
import { stampOf, stampOfChange, stampOfId, undated } from "./stamp.ts";

interface MessageData {
  messageId: string;
  senderCommunicationIdentifier?: Identifier;
  senderDisplayName?: string;
  composeTime?: string;
  type?: string;
  version?: unknown;
  messageBody?: string;
  metadata?: unknown;
}

/** What an event says of a message; undefined when it is of none. */
export function messageFragment(event: AcsEvent): MessageFragment | undefined {
  if (is(chatMessageReceived, event) || is(chatMessageReceivedInThread, event)) {
    return fragment("received", event.data.composeTime, event, event.data);
  }
  if (is(chatAzureBotCommandReceivedInThread, event)) {
    return { ...fragment("received", event.data.composeTime, event, event.data), botCommand: true };
  }
  if (is(chatMessageEdited, event) || is(chatMessageEditedInThread, event)) {
    return fragment("edited", event.data.editTime, event, event.data);
  }
  if (is(chatMessageDeleted, event) || is(chatMessageDeletedInThread, event)) {
    return fragment("deleted", event.data.deleteTime, event, event.data);
  }
  return undefined;
}

function fragment(
  happened: MessageFragment["event"],
  time: string | undefined,
  { time: eventTime }: AcsEvent<unknown>,
  data: MessageData,
): MessageFragment {
  const { messageId, version } = data;
  const composed = stampOf(data.composeTime) ?? stampOfId(messageId);
  const own = happened === "received" ? composed : stampOf(time);
  const at = stampOfChange(happened === "deleted" ? undefined : version, own) ?? stampOf(eventTime) ?? undated;
  return defined({
    kind: "message" as const,
    event: happened,
    place: composed ?? at,
    messageId,
    sender: defined({
      id: idIn(data.senderCommunicationIdentifier),
      displayName: data.senderDisplayName || undefined,
    }),
    type: data.type,
    at,
    version: typeof version === "number" ? version : undefined,
    text: data.messageBody,
    metadata: metadataIn(data.metadata),
  });
}
