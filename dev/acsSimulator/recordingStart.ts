// What a request to start a recording asks for. Source: Call Automation REST API 2026-03-12, /calling/recordings.
import { Type } from "typebox";
import { serverCallIdOf } from "./callIds.ts";
import { readBody } from "./readBody.ts";
import type { RecordingFormat } from "./recordingStore.ts";
import { badRequest, SimulatorError } from "./simulatorError.ts";

const id = Type.String({ minLength: 1 });

const startBody = Type.Object({
  callLocator: Type.Optional(
    Type.Union([
      Type.Object({ kind: Type.Literal("serverCallLocator"), serverCallId: id }),
      Type.Object({ kind: Type.Literal("groupCallLocator"), groupCallId: id }),
      Type.Object({ kind: Type.Literal("roomCallLocator"), roomId: id }),
    ]),
  ),
  callConnectionId: Type.Optional(id),
  recordingStateCallbackUri: Type.Optional(id),
  recordingContentType: Type.Optional(Type.Union([Type.Literal("audio"), Type.Literal("audioVideo")])),
  recordingChannelType: Type.Optional(Type.Union([Type.Literal("mixed"), Type.Literal("unmixed")])),
  recordingFormatType: Type.Optional(Type.Union([Type.Literal("mp4"), Type.Literal("mp3"), Type.Literal("wav")])),
  pauseOnStart: Type.Optional(Type.Boolean()),
  externalStorage: Type.Optional(
    Type.Union([
      Type.Object({ recordingStorageKind: Type.Literal("azureCommunicationServices") }),
      Type.Object({
        recordingStorageKind: Type.Literal("azureBlobStorage"),
        recordingDestinationContainerUrl: Type.String({
          pattern: "^https://[^/?#]+\\.blob\\.core\\.windows\\.net/[^?#]+$",
        }),
      }),
    ]),
  ),
});

/** A start request with its defaults, and the call by its serverCallId however it was named. */
export interface RecordingStart {
  serverCallId: string;
  callConnectionId: string | undefined;
  callbackUri: string | undefined;
  contentType: "audio" | "audioVideo";
  channelType: "mixed" | "unmixed";
  format: RecordingFormat;
  /** The owner's blob container, if the recording goes there. */
  containerUrl: string | undefined;
  pauseOnStart: boolean;
}

/** @throws SimulatorError 400 as ACS refuses a start */
export function readRecordingStart(body: Buffer): RecordingStart {
  const request = readBody(startBody, body);
  const { callLocator, callConnectionId, recordingStateCallbackUri: callbackUri, externalStorage } = request;
  if ((callLocator === undefined) === (callConnectionId === undefined)) {
    throw badRequest("Give either 'callLocator' or 'callConnectionId'.");
  }
  if (callbackUri !== undefined && !URL.canParse(callbackUri)) {
    throw badRequest("'recordingStateCallbackUri' must be an absolute URL.");
  }
  const contentType = request.recordingContentType ?? "audioVideo";
  const channelType = request.recordingChannelType ?? "mixed";
  const format = request.recordingFormatType ?? (contentType === "audioVideo" ? "mp4" : "wav");
  if ((contentType === "audioVideo") !== (format === "mp4") || (channelType === "unmixed" && format !== "wav")) {
    throw badRequest("The formats are mp4 for audio and video, mp3 or wav for mixed audio, wav for unmixed audio.");
  }
  return {
    serverCallId: callLocator ? located(callLocator) : serverCallIdOf(callConnectionId ?? ""),
    callConnectionId,
    callbackUri,
    contentType,
    channelType,
    format,
    containerUrl:
      externalStorage?.recordingStorageKind === "azureBlobStorage"
        ? externalStorage.recordingDestinationContainerUrl
        : undefined,
    pauseOnStart: request.pauseOnStart ?? false,
  };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function located(locator: { serverCallId: string } | { groupCallId: string } | { roomId: string }): string {
  if (!("serverCallId" in locator)) {
    return serverCallIdOf("roomId" in locator ? locator.roomId : locator.groupCallId);
  }
  // callConnectionIds and correlationIds are GUIDs, serverCallIds never.
  if (guid.test(locator.serverCallId)) {
    throw new SimulatorError(400, "8501", "The server call id is not valid.");
  }
  return locator.serverCallId;
}
