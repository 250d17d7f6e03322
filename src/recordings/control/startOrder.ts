// What a request to start a recording asks for, checked as far as it can be without ACS.

import { type CallLocator, checkServerCallId } from "../../acs/callLocator.ts";
import type { NewRecording } from "../../acs/callRecording.ts";
import { conversationIdOf } from "../../acs/conversationId.ts";
import { setting } from "../../config.ts";
import { namesSomething } from "../../events/entities.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { callbackTarget } from "./callbackTarget.ts";
import type { ConversationStartBody, StartBody } from "./startBody.ts";

export interface StartOrder {
  locator: CallLocator;
  recording: Omit<NewRecording, "locator" | "callbackUri" | "repeatability">;
  operationContext?: string;
  /** Where the caller wants to be told of the recording's state; "" if nowhere. */
  relayTo: string;
  /** Who asserts the participants' consent; "" if nobody does. */
  consent: string;
}

/** The order of `POST /api/recordings`. @throws AcsEventsError (400) with what is wrong and what to do */
export function startOrder(body: StartBody): StartOrder {
  const { recordingContentType, recordingChannelType, recordingFormatType, pauseOnStart, externalStorage } = body;
  checkFormat(body);
  return {
    ...commonOrder(body, locatorOf(body)),
    recording: {
      ...(recordingContentType && { contentType: recordingContentType }),
      ...(recordingChannelType && { channelType: recordingChannelType }),
      ...(recordingFormatType && { formatType: recordingFormatType }),
      ...(pauseOnStart !== undefined && { pauseOnStart }),
      ...(externalStorage && { containerUrl: containerUrl(externalStorage.recordingDestinationContainerUrl) }),
    },
  };
}

/** The order of the founding document's route. @throws AcsEventsError (400) */
export function conversationStartOrder(conversationId: string, body: ConversationStartBody): StartOrder {
  checkServerCallId(conversationId, "conversationId");
  return commonOrder(body, { kind: "serverCallId", id: conversationId });
}

function commonOrder(body: ConversationStartBody, locator: CallLocator): StartOrder {
  const { operationContext, recordingStateCallbackUri: uri, consent = "" } = body;
  if (setting("RECORDING_REQUIRE_CONSENT") && !consent.trim()) {
    throw bad(
      "ACS_EVENTS_CONSENT_REQUIRED",
      'Say in "consent" who asserts that every participant has agreed to be recorded; docs/consent.md says why.',
      "consent",
    );
  }
  if (uri !== undefined && !setting("PUBLIC_BASE_URL")) {
    throw bad(
      "ACS_EVENTS_CALLBACK_NOT_ALLOWED",
      "ACS cannot call this app back, so no state can be relayed: set PUBLIC_BASE_URL, or leave recordingStateCallbackUri out.",
      "recordingStateCallbackUri",
    );
  }
  const relayTo = uri === undefined ? "" : callbackTarget(uri).href;
  return { locator, recording: {}, ...(operationContext && { operationContext }), relayTo, consent: consent.trim() };
}

const kinds = ["serverCallId", "groupCallId", "roomId", "callConnectionId"] as const;

function locatorOf({ conversationUrl, ...body }: StartBody): CallLocator {
  const given = kinds.flatMap((kind) => (body[kind] === undefined ? [] : [{ kind, id: body[kind] }]));
  const [locator] = given;
  if (locator?.kind === "groupCallId" && !namesSomething(locator.id)) {
    throw bad("ACS_EVENTS_BAD_REQUEST", "An all-zero group id is no group: the call has none.", "groupCallId");
  }
  if (given.length + (conversationUrl === undefined ? 0 : 1) !== 1) {
    throw bad("ACS_EVENTS_BAD_REQUEST", `Give exactly one of ${kinds.join(", ")}, conversationUrl.`);
  }
  if (!locator) return { kind: "serverCallId", id: conversationIdOf(conversationUrl ?? "") };
  if (locator.kind === "serverCallId") checkServerCallId(locator.id, "serverCallId");
  return locator;
}

/** What ACS records: https://learn.microsoft.com/azure/communication-services/concepts/voice-video-calling/call-recording */
function checkFormat({
  recordingContentType: content,
  recordingChannelType: channel,
  recordingFormatType: format,
}: StartBody) {
  const video = content === "audioVideo" && (channel === "unmixed" || format === "mp3" || format === "wav");
  const audio = content === "audio" && format === "mp4";
  const unmixed = channel === "unmixed" && (format === "mp4" || format === "mp3");
  if (video || audio || unmixed) {
    const formats = "audioVideo is mixed mp4, audio is mixed mp3 or wav, or unmixed wav";
    throw bad("ACS_EVENTS_BAD_REQUEST", `ACS does not record this: ${formats}.`, "recordingFormatType");
  }
}

function containerUrl(url: string): string {
  const { protocol, search, username, password } = URL.parse(url) ?? {};
  if (protocol === "https:" && !search && !username && !password) return url;
  throw bad(
    "ACS_EVENTS_BAD_REQUEST",
    "Give the https URL of a blob container without a SAS: ACS writes there with its own identity, which needs the role Storage Blob Data Contributor.",
    "externalStorage.recordingDestinationContainerUrl",
  );
}

function bad(code: `ACS_EVENTS_${string}`, message: string, target?: string): AcsEventsError {
  return new AcsEventsError(code, message, { status: 400, ...(target && { target }) });
}
