// What ACS sends of one thing that happens in a chat thread: one event for the thread and one for each user, in the shapes of 2020,
// 2021 and today.
import { cloudEvent, eventGridEvent } from "../fixtures/eventFixtures.ts";

type Json = Record<string, unknown>;

export const shapes = ["thread", "cloud", "now", "2021", "2020"] as const;
export type Shape = (typeof shapes)[number];

/** Names of the types: for the thread, for each user, and for each user in 2020. */
const types = {
  created: ["ChatThreadCreated", "ChatThreadCreatedWithUser", "ChatThreadCreatedWithUser"],
  added: ["ChatThreadParticipantAdded", "ChatParticipantAddedToThreadWithUser", "ChatMemberAddedToThreadWithUser"],
  removed: [
    "ChatThreadParticipantRemoved",
    "ChatParticipantRemovedFromThreadWithUser",
    "ChatMemberRemovedFromThreadWithUser",
  ],
  updated: ["ChatThreadPropertiesUpdated", "ChatThreadPropertiesUpdatedPerUser", "ChatThreadPropertiesUpdatedPerUser"],
  ended: ["ChatThreadDeleted", "ChatThreadWithUserDeleted", "ChatThreadWithUserDeleted"],
  received: ["ChatMessageReceivedInThread", "ChatMessageReceived", "ChatMessageReceived"],
  edited: ["ChatMessageEditedInThread", "ChatMessageEdited", "ChatMessageEdited"],
  deleted: ["ChatMessageDeletedInThread", "ChatMessageDeleted", "ChatMessageDeleted"],
} as const;

export interface Happening {
  what: keyof typeof types;
  threadId: string;
  /** Milliseconds since 1970. */
  at: number;
  /** In today's shape. */
  data: Json;
}

/** @param copy for which of the users, and which shape; two copies are two events */
export function copyOf(happening: Happening, shape: Shape, copy: number): Json {
  const { what, at, threadId } = happening;
  const data: Json = { ...happening.data, threadId, transactionId: `transaction-${at}-${copy}` };
  const overrides = { id: `${what}-${at}-${shape}-${copy}`, eventTime: iso(at + 100 + copy) };
  const [inThread, perUser, in2020] = types[what];
  // ACS stamps this one a little after the version, and perhaps anew for each copy.
  if (data.time) data.time = iso(at + (copy % 40));
  if (shape === "thread") return eventGridEvent(inThread, { ...data, version: String(data.version) }, overrides);
  if (shape === "cloud") return cloudEvent(inThread, data, { id: overrides.id, time: overrides.eventTime });
  const recipient = { recipientCommunicationIdentifier: identifier(`8:acs:user-${copy}`) };
  if (shape === "now") return eventGridEvent(perUser, { ...data, ...recipient }, overrides);
  const old = oldNames({ ...data, ...recipient });
  if (shape === "2021") return eventGridEvent(perUser, { ...data, ...recipient, ...idsOf(old) }, overrides);
  return eventGridEvent(in2020, old, overrides);
}

export const iso = (at: number) => new Date(at).toISOString();

export const identifier = (rawId: string) => ({ rawId, communicationUser: { id: rawId } });

export const listed = (rawId: string, displayName: string) => ({
  displayName,
  participantCommunicationIdentifier: identifier(rawId),
});

interface Listed {
  displayName: string;
  participantCommunicationIdentifier: { rawId: string };
}

const member = ({ displayName, participantCommunicationIdentifier: { rawId } }: Listed) => ({
  displayName,
  memberId: rawId,
});

function oldNames(data: Json): Json {
  const old: Json = {};
  for (const [name, value] of Object.entries(data)) {
    if (name === "participants") old.members = (value as Listed[]).map(member);
    else if (name.startsWith("participant")) old[name.replace("participant", "member")] = member(value as Listed);
    else if (!name.endsWith("CommunicationIdentifier")) old[name] = value;
    else {
      const suffix = /^(sender|recipient)/.test(name) ? "Id" : "";
      old[name.replace("CommunicationIdentifier", suffix)] = (value as { rawId: string }).rawId;
    }
  }
  return old;
}

/** The plain ids that stood beside the identifiers in 2021. */
function idsOf(old: Json): Json {
  return Object.fromEntries(
    Object.entries(old).filter(([name]) => /^(senderId|recipientId|\w+By|members)$/.test(name)),
  );
}

export const ann = "8:acs:resource_ann";

/** A message of Ann, as each of the users gets it. */
export function say(threadId: string, at: number, text: string, copies = 1): Json[] {
  const head = { messageId: String(at), senderCommunicationIdentifier: identifier(ann), senderDisplayName: "Ann" };
  const data = { version: at, ...head, composeTime: iso(at), type: "Text", messageBody: text };
  return Array.from({ length: copies }, (_, copy) => copyOf({ what: "received", threadId, at, data }, "now", copy));
}
