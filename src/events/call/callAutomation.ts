// The callbacks of Call Automation: what an app is told of a call that it answered, made or joined. They are kept, and found by their
// call and the people in it; nothing else of them is read, so one open shape does for all.
// https://learn.microsoft.com/azure/communication-services/concepts/call-automation/call-automation#events
import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call, person } from "../entities.ts";
import { documented, list, openMembers, text } from "../fields.ts";
import { identifier } from "../models.ts";
import type { Legacy } from "../upcast.ts";

const data = Type.Object(
  {
    callConnectionId: text("This app's connection to the call"),
    serverCallId: text("The call; what recording and rooms know it by"),
    correlationId: text("The call id"),
    operationContext: text("What the request said that this is the outcome of"),
    callLegId: text("The leg, in the previews of 2021"),
    participant: identifier,
    participants: list(
      "Who is in the call",
      openMembers("Of one of them", { identifier, rawId: text("The raw id, in the previews of 2021") }),
    ),
    transferee: identifier,
    transferTarget: identifier,
    resultInformation: documented("object", "code, subCode and message of the outcome"),
  },
  { additionalProperties: true },
);

const who: Legacy = { renamed: { RawId: "rawId" } };

/** The previews of 2021 wrote their members in PascalCase. */
const legacy: Legacy = {
  renamed: {
    CallLegId: "callLegId",
    OperationContext: "operationContext",
    ConversationId: "serverCallId",
    Participants: "participants",
  },
  inside: { participants: { renamed: { Identifier: "identifier", RawId: "rawId" }, inside: { identifier: who } } },
};

function callback(name: string, description = "A callback of Call Automation.", usual: "serverCallId"[] = []) {
  return defineEvent(`Microsoft.Communication.${name}`, {
    description: `${description} Not an Event Grid type.`,
    data,
    key: [],
    usual,
    legacy,
    entities: ({ data: { serverCallId, participant, participants = [], transferee, transferTarget } }) => [
      call(serverCallId),
      ...[participant, transferee, transferTarget].map(person),
      ...participants.map(({ identifier, rawId }) => person(identifier ?? rawId)),
    ],
  });
}

/** A call that the app answered, made or joined is established. */
export const callConnected = callback("CallConnected", "The app is connected to the call.", ["serverCallId"]);

// Source: @azure/communication-call-automation 1.6.0. The 38th, RecordingStateChanged, is defined with the recordings.
const names = [
  ...["AddParticipantFailed", "AddParticipantSucceeded", "AnswerFailed", "CallDisconnected", "CallTransferAccepted"],
  ...["CallTransferFailed", "CancelAddParticipantFailed", "CancelAddParticipantSucceeded", "ConnectFailed"],
  ...["ContinuousDtmfRecognitionStopped", "ContinuousDtmfRecognitionToneFailed"],
  ...["ContinuousDtmfRecognitionToneReceived", "CreateCallFailed", "HoldFailed", "MediaStreamingFailed"],
  ...["MediaStreamingStarted", "MediaStreamingStopped", "MoveParticipantFailed", "MoveParticipantSucceeded"],
  ...["ParticipantsUpdated", "PlayCanceled", "PlayCompleted", "PlayFailed", "PlayStarted", "RecognizeCanceled"],
  ...["RecognizeCompleted", "RecognizeFailed", "RemoveParticipantFailed", "RemoveParticipantSucceeded"],
  ...["SendDtmfTonesCompleted", "SendDtmfTonesFailed", "StartRecordingFailed", "TranscriptionFailed"],
  ...["TranscriptionStarted", "TranscriptionStopped", "TranscriptionUpdated"],
];

/** Today's callbacks of Call Automation, but that of recordings. */
export const callAutomationEvents = [callConnected, ...names.map((name) => callback(name))];

/** Callbacks of 2021 and 2022; ACS sends none of them any more. */
export const previewCallbacks = [
  ...["AddParticipantResult", "CallConnectionStateChanged", "DtmfReceived", "InviteParticipantResult"],
  ...["PlayAudioResult", "ToneReceived"],
].map((name) => callback(name, "A callback of the previews of Call Automation."));
