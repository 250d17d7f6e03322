// Events of one call in the shapes of all years, as the archive has them after `accept`.

import type { CallEvent } from "../../src/calls/record/callEvent.ts";
import { accept } from "../../src/events/accept.ts";
import { cloudEvent, eventGridEvent } from "../fixtures/eventFixtures.ts";
import { alice, bob, user } from "../fixtures/events/fixture.ts";

export const serverCallId = "aHR0cHM6Ly9jb250b3NvLmV4YW1wbGUvY2FsbC9zdG9yeQ";
export const correlationId = "2f6b1c8e-0d3a-4c57-9e21-7a8b9c0d1e2f";
export const callConnectionId = "51002b00-55aa-4c3d-9e10-7f6e5d4c3b2a";
export const callLegId = "61002b00-55aa-4c3d-9e10-7f6e5d4c3b2a";

/** The time so many seconds after the story's begin. */
export const at = (second: number) => `2026-11-20T09:00:${String(second).padStart(2, "0")}.0000000Z`;

const common = {
  serverCallId,
  correlationId,
  group: { id: "3c1f0a52-9d7e-4b68-8f21-6a5e4d3c2b10" },
  isTwoParty: false,
  isRoomsCall: false,
};
const { correlationId: _, ...before } = common;
export const by = (rawId: string) => ({ communicationIdentifier: user(rawId), role: "Attendee" });
/** As in 2021: the identifier itself. */
const flatly = (rawId: string) => ({ ...user(rawId), role: "Attendee" });

type Json = Record<string, unknown>;

function today(name: string, second: number, data: Json, id = `${name}-${second}`): Json {
  return eventGridEvent(name, data, { id, eventTime: at(second) });
}

function stay(participantId: string, rawId: string, displayName: string): Json {
  return {
    ...common,
    startedBy: by(alice),
    user: by(rawId),
    displayName,
    participantId,
    userAgent: `${displayName}/1.0`,
  };
}

/** The same stay in the shape of 2021, without a correlationId. */
function stay2021(participantId: string, rawId: string, displayName: string): Json {
  const shape = { startedBy: flatly(alice), user: flatly(rawId), endpointType: `${displayName}/1.0` };
  return { ...before, ...shape, displayName, participantId: participantId.toUpperCase() };
}

const [phone, laptop, second] = [
  "5d4c3b2a-0001-4f7e-8d6c-5b4a39281706",
  "5d4c3b2a-0002-4f7e-8d6c-5b4a39281706",
  "5d4c3b2a-0003-4f7e-8d6c-5b4a39281706",
];
const ended = {
  ...common,
  startedBy: by(alice),
  endedBy: { communicationidentifier: user(bob), type: "Participant", name: "Bob" },
  reason: { code: 0, subCode: 0, phrase: "Done" },
};

const recorded = { recordingStorageInfo: { recordingChunks: [] }, sessionEndReason: "CallEnded" };

/** What Event Grid, and Call Automation of 2021, tell of the call. Bob has two devices and comes back. */
export const story: readonly Json[] = [
  eventGridEvent(
    "IncomingCall",
    {
      from: user(alice),
      to: user(bob),
      serverCallId,
      correlationId,
      callerDisplayName: "Alice",
      customContext: { voipHeaders: { department: "sales" } },
      incomingCallContext: "eyJzZWNyZXQiOiJvZiB0aGUgc3RvcnkifQ",
    },
    { id: "ring", eventTime: at(0) },
  ),
  today("CallStarted", 2, { ...common, startedBy: by(alice) }),
  today("CallStarted", 2, { ...before, startedBy: flatly(alice) }, "started-2021"),
  cloudEvent("CallParticipantAdded", stay(phone, bob, "Bob"), { id: "added-cloud", time: at(3) }),
  today("CallParticipantAdded", 3, stay2021(phone, bob, "Bob"), "added-2021"),
  today("CallParticipantAdded", 4, stay(laptop, bob, "Bob")),
  today("CallParticipantRemoved", 10, stay2021(laptop, bob, "Bob")),
  today("CallParticipantRemoved", 20, stay(phone, bob, "Bob")),
  today("CallParticipantAdded", 25, stay2021(second, bob, "Bob")),
  today("CallParticipantRemoved", 30, stay(second, bob, "Bob")),
  today("CallLegStateChanged", 3, { ConversationId: serverCallId, CallLegId: callLegId, CallState: "Established" }),
  today("CallEnded", 31, { ...ended, callDurationInSeconds: 29.25 }),
  today("CallEnded", 31, { ...ended, durationOfCall: 29.25 }, "ended-2021"),
  eventGridEvent("RecordingFileStatusUpdated", recorded, {
    id: "recorded",
    eventTime: at(50),
    subject: `/recording/call/${correlationId}/serverCallId/${serverCallId}/recordingId/story`,
  }),
];

/** An event as a record is folded from it. */
export function folding(raw: unknown): CallEvent {
  const { name, time, identity, data, id, family } = accept(raw);
  return { name, time, identity, data, blob: `${family}/${name}/${id}.${identity}.json` };
}
