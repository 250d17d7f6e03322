// A person with several names in events of all families, alone and with others.
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { user } from "../fixtures/events/fixture.ts";
import { incomingCallEvent } from "./incomingCall.ts";
import { addChunk, recordingEvent } from "./recordingEvent.ts";
import type { App } from "./startApp.ts";
import { ourNumber, textEvent } from "./textEvent.ts";

export const jane = {
  rawId: "8:acs:5d0e2f61-7c34-4b8a-9f52-a1b6c7d8e9f0_0000000b-aaaa-4bbb-8ccc-00000000ab1e",
  number: "+14255550177",
  mail: "jane.doe@contoso.example",
  name: "Jane Quibbledoe",
};
export const bob = {
  rawId: "8:acs:5d0e2f61-7c34-4b8a-9f52-a1b6c7d8e9f0_0000000b-aaaa-4bbb-8ccc-000000000b0b",
  number: "+14255550188",
  name: "Bob Ombersley",
};

/** Texts that must be gone: what Jane is called, and what she wrote or was written. */
export const ofJane = [
  ...[jane.rawId, jane.number.slice(1), jane.mail, jane.name, "Quibbledoe"],
  ...["my secret appointment", "we call you back", "chat from jane", "jane-header"],
];
export const thread = "19:jane-and-bob@thread.v2";

const chatTime = "2026-11-20T09:30:00Z";
const participant = (who: typeof bob | typeof jane) => ({
  displayName: who.name,
  participantCommunicationIdentifier: user(who.rawId),
});

/** A message as it comes to one user of the thread, or to the thread. */
function message(id: string, from: typeof bob | typeof jane, text: string, to?: typeof bob | typeof jane) {
  const name = to ? "ChatMessageReceived" : "ChatMessageReceivedInThread";
  const data = {
    threadId: thread,
    messageId: id,
    messageBody: text,
    metadata: { tag: `meta of ${text}` },
    senderDisplayName: from.name,
    senderCommunicationIdentifier: user(from.rawId),
    composeTime: chatTime,
    type: "Text",
    version: Number(id),
    ...(to && { recipientCommunicationIdentifier: user(to.rawId) }),
  };
  const subject = `thread/${thread}/sender/${from.rawId}${to ? `/recipient/${to.rawId}` : ""}`;
  return eventGridEvent(name, data, { id: `m-${id}-${to?.name[0] ?? "all"}`, subject, eventTime: chatTime });
}

const by = (who: { rawId: string }) => ({ communicationIdentifier: user(who.rawId), role: "Attendee" });

function call(name: string, id: string, data: Record<string, unknown>, minute: number) {
  const eventTime = `2026-11-20T10:0${minute}:00Z`;
  return eventGridEvent(
    name,
    { serverCallId: id, correlationId: `correlation-${id}`, ...data },
    { id: `${name}-${id}`, eventTime, subject: `call/${id}/startedBy/${jane.rawId}` },
  );
}

export const shared = "c2hhcmVkLWNhbGw";
export const alone = "YWxvbmUtY2FsbA";

/** All of Jane's events, some of Bob's, and Jane named in them. */
export function story() {
  return [
    textEvent("text-1", { from: jane.number, message: "This is my secret appointment" }),
    textEvent("text-2", { from: jane.number.slice(1), message: "STOP" }, `about-${jane.number.slice(1)}`),
    textEvent("text-3", { from: bob.number, message: `Call Jane at ${jane.number}, not me` }),
    message("1763631000001", jane, "chat from jane", jane),
    message("1763631000001", jane, "chat from jane", bob),
    message("1763631000001", jane, "chat from jane"),
    message("1763631000002", bob, `Thank you, ${jane.name}!`, jane),
    message("1763631000002", bob, `Thank you, ${jane.name}!`, bob),
    message("1763631000003", bob, "Bob says goodbye", bob),
    eventGridEvent(
      "ChatThreadCreated",
      {
        threadId: thread,
        createTime: "2026-11-20T09:00:00Z",
        version: 1763629200000,
        createdByCommunicationIdentifier: user(bob.rawId),
        properties: { topic: "Teeth" },
        participants: [participant(jane), participant(bob)],
      },
      { id: "thread-created", eventTime: "2026-11-20T09:00:00Z", subject: `thread/${thread}/createdBy/${bob.rawId}` },
    ),
    call("CallStarted", shared, { startedBy: by(jane) }, 0),
    call(
      "CallParticipantAdded",
      shared,
      { startedBy: by(jane), user: by(jane), displayName: jane.name, participantId: "p-1" },
      1,
    ),
    call(
      "CallParticipantAdded",
      shared,
      { startedBy: by(jane), user: by(bob), displayName: bob.name, participantId: "p-2" },
      2,
    ),
    call("CallEnded", shared, { startedBy: by(jane), endedBy: { ...by(bob), name: bob.name } }, 3),
    call("CallStarted", alone, { startedBy: by(jane) }, 4),
    call("CallEnded", alone, { startedBy: by(jane), endedBy: { ...by(jane), name: jane.name } }, 5),
    incomingCallEvent("jane-rings", {
      from: jane.number,
      id: "jane-rings",
      at: new Date("2026-11-20T11:00:00Z"),
      data: {
        callerDisplayName: jane.name,
        customContext: { sipHeaders: { "User-To-User": "jane-header" }, voipHeaders: { "X-MS-Custom-Who": jane.name } },
      },
    }),
    incomingCallEvent("jane-rings-bob", {
      from: jane.number,
      id: "jane-rings-bob",
      at: new Date("2026-11-20T11:10:00Z"),
      data: {
        to: user(bob.rawId),
        callerDisplayName: jane.name,
        customContext: { sipHeaders: { "User-To-User": "jane-header" } },
      },
    }),
    eventGridEvent(
      "EmailDeliveryReportReceived",
      {
        sender: "us@contoso.example",
        recipient: "Jane.Doe@contoso.example",
        messageId: "mail-1",
        status: "Delivered",
        deliveryAttemptTimestamp: chatTime,
      },
      { id: "mail-1", subject: "sender/us@contoso.example/message/mail-1" },
    ),
    eventGridEvent(
      "EmailEngagementTrackingReportReceived",
      {
        sender: "us@contoso.example",
        messageId: "mail-1",
        engagementType: "click",
        engagementContext: "https://contoso.example/offer",
        userActionTimestamp: chatTime,
      },
      { id: "mail-1-click", subject: "sender/us@contoso.example/message/mail-1" },
    ),
    eventGridEvent(
      "UserDisconnected",
      { userCommunicationIdentifier: user(jane.rawId) },
      { id: "gone", subject: `/user/${jane.rawId}` },
    ),
    eventGridEvent(
      "AdvancedMessageReceived",
      {
        channelType: "whatsapp",
        from: jane.number.slice(1),
        to: "channel-1",
        content: "my secret appointment",
        messageId: "wa-1",
        receivedTimestamp: chatTime,
      },
      { id: "wa-1", subject: `advancedMessage/sender/${jane.number.slice(1)}/recipient/channel-1` },
    ),
    eventGridEvent(
      "RouterJobReceived",
      { jobId: "job-1", channelReference: "x", labels: { customer: jane.number }, tags: { note: jane.mail } },
      { id: "job-1", subject: "job/job-1" },
    ),
    // Refused: no `from`.
    eventGridEvent(
      "SMSReceived",
      { messageId: 17, to: ourNumber, message: "my secret appointment", who: jane.number },
      { id: `broken-${jane.number}` },
    ),
  ];
}

/** Recordings of both calls, one with Bob and one of Jane alone. */
export async function recordings(app: App) {
  const people = (...who: { rawId: string }[]) => who.map(({ rawId }) => ({ participantId: rawId }));
  const metadata = (...who: { rawId: string }[]) => ({
    chunkStartTime: "2026-11-20T10:00:00Z",
    chunkDuration: 60_000,
    recordingInfo: { contentType: "audioVideo", channelType: "mixed", format: "mp4" },
    participants: people(...who),
  });
  const both = await addChunk(app, 0, { documentId: "d-shared", metadata: metadata(jane, bob) });
  const own = await addChunk(app, 0, { documentId: "d-alone", metadata: metadata(jane) });
  return [
    recordingEvent("r-shared", [both.chunk], { serverCallId: shared, callId: `correlation-${shared}` }),
    recordingEvent("r-alone", [own.chunk], { serverCallId: alone, callId: `correlation-${alone}` }),
  ];
}
