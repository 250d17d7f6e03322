// The demo story: payloads of the founding documents' shapes (2020 to 2022), with this run's own ids.
import { randomUUID } from "node:crypto";
import type { AcsSimulator } from "../acsSimulator/startAcsSimulator.ts";

interface StoryEvent {
  id: string;
  eventType: string;
  subject: string;
  eventTime: string;
  dataVersion: string;
  metadataVersion: string;
  data: Record<string, unknown>;
}

interface Scene {
  title: string;
  events: StoryEvent[];
  /** Deliveries of each event; 1 unless the scene says otherwise. */
  copies?: number;
  /** The event of this scene cannot be accepted. */
  refused?: boolean;
}

interface Recording {
  recordingId: string;
  /** What the archive must hold: SHA-256 by documentId. */
  chunks: { documentId: string; sha256: string }[];
}

export interface Story {
  customer: string;
  ourNumber: string;
  scenes: Scene[];
  recording: Recording;
}

const resource = "5d0e2f61-7c34-4b8a-9f52-a1b6c7d8e9f0";
const user = () => `8:acs:${resource}_${randomUUID()}`;

/** Writes the story of this run, and gives the simulator the recording that it tells of. */
export async function writeStory(acs: AcsSimulator): Promise<Story> {
  const ourNumber = "+18335550100";
  const customer = `+1425555${String(Math.floor(Math.random() * 10_000)).padStart(4, "0")}`;
  const [alice, bob] = [user(), user()];
  const call = callScenes(alice, bob);
  const { scene: recordingScene, recording } = await recordingTale(acs, call.serverCallId);
  const scenes = [
    textScene(customer, ourNumber),
    ...call.scenes,
    recordingScene,
    chatScene(alice, bob),
    incomingCallScene(alice, bob),
    malformedScene(),
    twiceScene(customer, ourNumber),
  ];
  return { customer, ourNumber, scenes, recording };
}

function event(type: string, subject: string, data: Record<string, unknown>): StoryEvent {
  return {
    id: randomUUID(),
    eventType: `Microsoft.Communication.${type}`,
    subject,
    eventTime: new Date().toISOString(),
    dataVersion: "1.0",
    metadataVersion: "1",
    data,
  };
}

function text(from: string, to: string, message: string): StoryEvent {
  const id = `Incoming_${randomUUID()}`;
  const digits = (number: string) => number.slice(1);
  const data = {
    MessageId: id,
    From: digits(from),
    To: digits(to),
    Message: message,
    ReceivedTimestamp: new Date().toISOString(),
  };
  return { ...event("SMSReceived", `/phonenumber/${digits(to)}`, data), id };
}

function textScene(customer: string, ourNumber: string): Scene {
  return {
    title: "A customer texts; the app answers, and the delivery report arrives",
    events: [text(customer, ourNumber, "What are your opening hours?")],
  };
}

function twiceScene(customer: string, ourNumber: string): Scene {
  return {
    title: "Event Grid delivers one text twice; it is kept once and answered once",
    events: [text(customer, ourNumber, "Thank you!")],
    copies: 2,
  };
}

function malformedScene(): Scene {
  const data = { MessageId: 17, Message: "no sender" };
  return {
    title: "A malformed event arrives; it ends in quarantine with reasons",
    events: [event("SMSReceived", "/phonenumber/18335550100", data)],
    refused: true,
  };
}

function callScenes(alice: string, bob: string): { serverCallId: string; scenes: Scene[] } {
  const serverCallId = Buffer.from(`https://conv.example/conv/${randomUUID()}`).toString("base64url");
  const who = (rawId: string) => ({
    communicationIdentifier: { rawId, communicationUser: { id: rawId } },
    role: "Attendee",
  });
  const shared = {
    startedBy: who(alice),
    serverCallId,
    group: { id: randomUUID() },
    isTwoParty: false,
    correlationId: randomUUID(),
    isRoomsCall: false,
  };
  const joined = (rawId: string, displayName: string) =>
    event("CallParticipantAdded", `call/${serverCallId}/participant/${rawId}`, {
      user: who(rawId),
      displayName,
      participantId: randomUUID(),
      endpointType: "acs-web-test-client",
      ...shared,
    });
  const started = event("CallStarted", `call/${serverCallId}/startedBy/${alice}`, shared);
  const ended = event("CallEnded", `call/${serverCallId}`, { durationOfCall: 49.7, ...shared });
  return {
    serverCallId,
    scenes: [
      { title: "A call starts and two people join", events: [started, joined(alice, "Alice"), joined(bob, "Bob")] },
      { title: "The call ends", events: [ended] },
    ],
  };
}

async function recordingTale(acs: AcsSimulator, serverCallId: string): Promise<{ scene: Scene; recording: Recording }> {
  const recordingId = randomUUID();
  const made = await Promise.all(
    [0, 1].map((index) =>
      acs.addRecording({
        documentId: `0-local-d1-${randomUUID()}`,
        bytes: (index + 2) * 1024 * 1024 + 17,
        seed: index + 1,
      }),
    ),
  );
  const recordingChunks = made.map(({ documentId, contentLocation, metadataLocation, deleteLocation }, index) => ({
    documentId,
    index,
    endReason: index === made.length - 1 ? "SessionEnded" : "ChunkMaximumSizeExceeded",
    contentLocation,
    metadataLocation,
    deleteLocation,
  }));
  const subject = `/recording/call/${randomUUID()}/serverCallId/${serverCallId}/recordingId/${recordingId}`;
  const announced = event("RecordingFileStatusUpdated", subject, {
    recordingStorageInfo: { recordingChunks },
    recordingStartTime: new Date(Date.now() - 60_000).toISOString(),
    recordingDurationMs: 49_700,
    sessionEndReason: "CallEnded",
  });
  return {
    scene: {
      title: "The call's recording is ready, in two chunks; both are saved before ACS deletes them",
      events: [announced],
    },
    recording: { recordingId, chunks: made.map(({ documentId, sha256 }) => ({ documentId, sha256 })) },
  };
}

function chatScene(alice: string, bob: string): Scene {
  const threadId = `19:${randomUUID().replaceAll("-", "")}@thread.v2`;
  const now = new Date().toISOString();
  const shared = { version: Date.now(), recipientId: bob, transactionId: randomUUID(), threadId };
  const thread = { createTime: now, ...shared };
  const message = (messageId: string) => ({
    messageId,
    senderId: alice,
    senderDisplayName: "Alice",
    composeTime: now,
    type: "Text",
    ...shared,
  });
  const at = (verb: string) => `thread/${threadId}/${verb}/${alice}/recipient/${bob}`;
  const members = [alice, bob].map((memberId, index) => ({ displayName: ["Alice", "Bob"][index], memberId }));
  return {
    title: "A chat thread is created, messages are sent, edited and deleted, and a member leaves",
    events: [
      event("ChatThreadCreatedWithUser", at("createdBy"), {
        createdBy: alice,
        properties: { topic: "Your appointment" },
        members,
        ...thread,
      }),
      event("ChatMessageReceived", at("sender"), { messageBody: "Hello Bob", ...message("1600389507167") }),
      event("ChatMessageReceived", at("sender"), { messageBody: "Please disregard", ...message("1600389507168") }),
      event("ChatMessageEdited", at("sender"), {
        messageBody: "Hello, Bob",
        editTime: now,
        ...message("1600389507167"),
      }),
      event("ChatMessageDeleted", at("sender"), { deleteTime: now, ...message("1600389507168") }),
      event("ChatMemberRemovedFromThreadWithUser", at("memberRemoved"), {
        time: now,
        removedBy: alice,
        memberRemoved: { displayName: "Alice", memberId: alice },
        ...thread,
      }),
    ],
  };
}

function incomingCallScene(alice: string, bob: string): Scene {
  const party = (rawId: string) => ({ kind: "communicationUser", rawId, communicationUser: { id: rawId } });
  const data = {
    to: party(bob),
    from: party(alice),
    serverCallId: Buffer.from(`https://conv.example/conv/${randomUUID()}`).toString("base64url"),
    callerDisplayName: "Alice",
    customContext: { voipHeaders: { department: "billing" } },
    incomingCallContext: Buffer.from(randomUUID()).toString("base64url"),
    correlationId: randomUUID(),
  };
  return { title: "A call comes in", events: [event("IncomingCall", `/caller/${alice}/recipient/${bob}`, data)] };
}
