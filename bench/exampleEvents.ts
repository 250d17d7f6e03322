// Events of each family as ACS sends them; all values are made up. Each call gives new ones, about new things.
import { randomUUID } from "node:crypto";
import type { Family } from "../src/events/families.ts";

export type ExampleEvent = Record<string, unknown>;

const resource = "5d0e2f61-7c34-4b8a-9f52-a1b6c7d8e9f0";
const ourNumber = "+18335550100";

let numbers = 0;
/** A number that nobody texted from before. */
const newNumber = () => `+1425${String(5_550_000 + numbers++).padStart(7, "0")}`;
const newUser = () => `8:acs:${resource}_${randomUUID()}`;
const now = () => new Date().toISOString();
const user = (rawId: string) => ({ rawId, communicationUser: { id: rawId } });

function event(type: string, subject: string, data: ExampleEvent): ExampleEvent {
  return {
    id: randomUUID(),
    topic: `/subscriptions/${resource}/resourceGroups/bench/providers/Microsoft.Communication/communicationServices/bench`,
    subject,
    data,
    eventType: `Microsoft.Communication.${type}`,
    dataVersion: "1.0",
    metadataVersion: "1",
    eventTime: now(),
  };
}

export function text(): ExampleEvent {
  const messageId = `Incoming_${randomUUID()}`;
  const data = { messageId, from: newNumber(), to: ourNumber, message: "When do you open?", receivedTimestamp: now() };
  return { ...event("SMSReceived", `/phonenumber/${ourNumber.slice(1)}`, data), id: messageId };
}

/** What ACS tells of one message to a chat of two: of the thread, and of each of the two. */
export function chatMessage(): ExampleEvent[] {
  const threadId = `19:${randomUUID()}@thread.v2`;
  const [sender, other] = [newUser(), newUser()];
  const data = {
    ...{ threadId, messageId: String(Date.now()), transactionId: randomUUID(), version: Date.now(), type: "Text" },
    ...{ senderCommunicationIdentifier: user(sender), senderDisplayName: "Ann", composeTime: now() },
    ...{ messageBody: "Good morning, how can I help?", metadata: {} },
  };
  const ofUser = (rawId: string) =>
    event("ChatMessageReceived", `thread/${threadId}/sender/${sender}/recipient/${rawId}`, {
      ...data,
      recipientCommunicationIdentifier: user(rawId),
    });
  return [
    event("ChatMessageReceivedInThread", `thread/${threadId}/sender/${sender}`, data),
    ofUser(sender),
    ofUser(other),
  ];
}

/** A call from its start to its end: everybody joins, and everybody leaves. */
export function callOf(participants: number): ExampleEvent[] {
  const serverCallId = Buffer.from(`https://conv.example/conv/${randomUUID()}`).toString("base64url");
  const people = Array.from({ length: participants }, newUser);
  const who = (rawId: string) => ({ communicationIdentifier: user(rawId), role: "Attendee" });
  const shared = {
    ...{ startedBy: who(people[0] ?? ""), serverCallId, group: { id: randomUUID() }, isTwoParty: false },
    ...{ correlationId: randomUUID(), isRoomsCall: false },
  };
  const ofEach = (type: string) =>
    people.map((rawId) =>
      event(type, `call/${serverCallId}/participant/${rawId}`, {
        ...{ user: who(rawId), displayName: "Ann", participantId: randomUUID(), endpointType: "acs-web" },
        ...shared,
      }),
    );
  return [
    event("CallStarted", `call/${serverCallId}/startedBy/${people[0]}`, shared),
    ...ofEach("CallParticipantAdded"),
    ...ofEach("CallParticipantRemoved"),
    event("CallEnded", `call/${serverCallId}`, { durationOfCall: 49.7, ...shared }),
  ];
}

export function incomingCall(): ExampleEvent {
  const number = (value: string) => ({ rawId: `4:${value}`, phoneNumber: { value } });
  const [from, id] = [newNumber(), randomUUID()];
  return event("IncomingCall", `/caller/4:${from}/recipient/4:${ourNumber}`, {
    ...{ from: number(from), to: number(ourNumber), callerDisplayName: "" },
    ...{ serverCallId: `call-${id}`, correlationId: id, incomingCallContext: `context-${id}` },
  });
}

/** @param chunks as ACS lists them: where each can be fetched */
export function recording(chunks: readonly object[]): ExampleEvent {
  const recordingId = randomUUID();
  return event("RecordingFileStatusUpdated", `/recording/call/${randomUUID()}/recordingId/${recordingId}`, {
    recordingStorageInfo: {
      recordingChunks: chunks.map((chunk, index) => ({ ...chunk, index, endReason: "SessionEnded" })),
    },
    ...{ recordingStartTime: now(), recordingDurationMs: 49_700, recordingContentType: "AudioVideo" },
    ...{ recordingChannelType: "Mixed", recordingFormatType: "Mp4", sessionEndReason: "CallEnded" },
  });
}

/** An event that asks for nothing but to be kept, of the families whose events do. */
export const plainEvents = {
  email: () =>
    event("EmailDeliveryReportReceived", `sender/news@contoso.com/message/${randomUUID()}`, {
      ...{ sender: "news@contoso.com", recipient: `${randomUUID()}@contoso.com`, messageId: randomUUID() },
      ...{
        status: "Delivered",
        deliveryStatusDetails: { statusMessage: "No error." },
        deliveryAttemptTimestamp: now(),
      },
    }),
  messaging: () =>
    event("AdvancedMessageReceived", `advancedMessage/sender/14255550123/recipient/${resource}`, {
      ...{ from: newNumber().slice(1), to: resource, channelType: "whatsapp", receivedTimestamp: now() },
      ...{ content: "Hello", messageId: randomUUID(), messageType: "text" },
    }),
  router: () => {
    const jobId = randomUUID();
    return event("RouterJobReceived", `job/${jobId}/channel/voice/queue/main`, {
      ...{ jobId, channelReference: "chat", channelId: "voice", jobStatus: "Queued", queueId: "main", priority: 1 },
      ...{ labels: { language: "en" }, tags: {}, requestedWorkerSelectors: [], unavailableForMatching: false },
    });
  },
  presence: () => {
    const rawId = newUser();
    return event("UserDisconnected", `/user/${rawId}`, { userCommunicationIdentifier: user(rawId) });
  },
} satisfies Partial<Record<Family, () => ExampleEvent>>;

/** One of each kind. */
export function exampleEvents(): ExampleEvent[] {
  const plain = Object.values(plainEvents).map((make) => make());
  const chunk = {
    documentId: "0-eus-d1-1",
    contentLocation: "https://storage.asm.skype.com/v1/objects/0-eus-d1-1/content",
  };
  return [text(), ...chatMessage(), ...callOf(2), incomingCall(), recording([chunk]), ...plain];
}
