// Members that several chat events have.
import { documented, members, openMembers, text, time } from "../fields.ts";
import { identifier } from "../models.ts";

/** Every chat event. */
export const inThread = {
  threadId: text("The chat thread", "19:1d594fb1eeb14566903cbc5decb5bf5b@thread.v2"),
  transactionId: documented("string", "Correlation vector of the service"),
  version: documented("number", "Grows with each change of the thread or message"),
};

/** Events about one user's copy of a thread: ACS sends one per user. */
export const perUser = { ...inThread, recipientCommunicationIdentifier: identifier };

export const message = {
  messageId: text("The message within its thread: digits", "1613694358927"),
  senderCommunicationIdentifier: identifier,
  senderDisplayName: text("The name under which the sender wrote"),
  sequenceId: documented("number", "Order within the thread; newest specification only"),
  composeTime: time("When the message was first written"),
  type: text("Kind of message", "Text"),
};

export const messageContent = {
  messageBody: text("The words of the message; a text or HTML"),
  metadata: documented("object", "Names and values that the sender attached"),
};

export const threadContent = {
  properties: openMembers("Properties of the thread", { topic: text("What the thread is about") }),
  metadata: documented("object", "Names and values attached to the thread"),
  retentionPolicy: documented("object", "When the service deletes the thread: kind, deleteThreadAfterDays"),
};

export const participant = members("A participant of a thread", {
  displayName: text("The name shown to the others"),
  participantCommunicationIdentifier: identifier,
  metadata: documented("object", "Names and values attached to the participant"),
});

export const createTime = time("When the thread was created");
