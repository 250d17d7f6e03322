// Control of recordings.
import type { CallRecording, StartRecordingOptions } from "@azure/communication-call-automation";
import { AcsEventsError } from "../events/errors.ts";
import { openCallAutomation } from "./callAutomation.ts";
import { adviceOn, type CallLocator } from "./callLocator.ts";
import { callRecordingError } from "./callRecordingError.ts";
import { type Repeatability, repeatabilityHeader } from "./repeatability.ts";

export type RecordingState = "active" | "inactive";

export interface NewRecording {
  locator: CallLocator;
  contentType?: "audio" | "audioVideo";
  channelType?: "mixed" | "unmixed";
  formatType?: "mp4" | "mp3" | "wav";
  pauseOnStart?: boolean;
  /** A container of the owner, https; ACS writes there with the identity of its resource. */
  containerUrl?: string;
  /** Where ACS posts each change of state. */
  callbackUri?: string;
  repeatability: Repeatability;
}

/** One try may take so many milliseconds; the SDK would wait for ever. */
const timeout = 15_000;

/** All tries together: somebody waits for the answer, and ACS may ask to be left alone for an hour (Retry-After). */
const patience = 30_000;

/**
 * Starts a recording; with the same repeatability and options again it gives the one that was started.
 * @throws AcsEventsError as callRecordingError says; ACS_EVENTS_NO_ACS
 */
export async function startRecording(recording: NewRecording): Promise<{ recordingId: string }> {
  const customHeaders = repeatabilityHeader(recording.repeatability);
  const asked = startOptions(recording);
  const { recordingId } = await ask(
    (recordings, options) => recordings.start({ ...asked, ...options, requestOptions: { timeout, customHeaders } }),
    adviceOn(recording.locator),
  );
  if (!recordingId) throw callRecordingError(new Error("The answer has no recordingId."), "");
  return { recordingId };
}

/** Whether a recording runs or is paused. @throws AcsEventsError as callRecordingError says; 404 once it has ended */
export async function recordingState(recordingId: string): Promise<RecordingState> {
  const answer = await askOf(recordingId, (recordings, options) => recordings.getState(recordingId, options));
  return answer.recordingState === "active" ? "active" : "inactive";
}

/** Pauses a recording; pausing a paused one changes nothing. @throws AcsEventsError as callRecordingError says */
export async function pauseRecording(recordingId: string): Promise<void> {
  await askOf(recordingId, (recordings, options) => recordings.pause(recordingId, options));
}

/** Resumes a recording; resuming a running one changes nothing. @throws AcsEventsError as callRecordingError says */
export async function resumeRecording(recordingId: string): Promise<void> {
  await askOf(recordingId, (recordings, options) => recordings.resume(recordingId, options));
}

/** Stops a recording, for good. @throws AcsEventsError as callRecordingError says; 404 when it has ended before */
export async function stopRecording(recordingId: string): Promise<void> {
  await askOf(recordingId, (recordings, options) => recordings.stop(recordingId, options));
}

function startOptions(recording: NewRecording): StartRecordingOptions {
  const { locator, contentType, channelType, formatType, pauseOnStart, containerUrl, callbackUri } = recording;
  return {
    ...callOf(locator),
    ...(contentType && { recordingContent: contentType }),
    ...(channelType && { recordingChannel: channelType }),
    ...(formatType && { recordingFormat: formatType }),
    ...(pauseOnStart !== undefined && { pauseOnStart }),
    ...(callbackUri && { recordingStateCallbackEndpointUrl: callbackUri }),
    ...(containerUrl && {
      recordingStorage: { recordingStorageKind: "azureBlobStorage", recordingDestinationContainerUrl: containerUrl },
    }),
  };
}

function callOf({ kind, id }: CallLocator): StartRecordingOptions {
  if (kind === "callConnectionId") return { callConnectionId: id };
  const locatorKinds = {
    serverCallId: "serverCallLocator",
    groupCallId: "groupCallLocator",
    roomId: "roomCallLocator",
  } as const;
  return { callLocator: { kind: locatorKinds[kind], id } };
}

/** Asks for one thing, with what the time of each request and of all is limited by. */
type Work<T> = (
  recordings: CallRecording,
  options: { requestOptions: { timeout: number }; abortSignal: AbortSignal },
) => Promise<T>;

/** A recording's id becomes a segment of a URL; the SDK escapes all but the dots of `.` and `..`. */
async function askOf<T>(recordingId: string, work: Work<T>): Promise<T> {
  if (/^\.*$/.test(recordingId)) {
    throw new AcsEventsError("ACS_EVENTS_RECORDING_REFUSED", "This is no recordingId.", { status: 404 });
  }
  return ask(work, "Is it the recordingId that the start gave?");
}

async function ask<T>(work: Work<T>, advice: string): Promise<T> {
  const recordings = (await openCallAutomation()).getCallRecording();
  const options = { requestOptions: { timeout }, abortSignal: AbortSignal.timeout(patience) };
  return work(recordings, options).catch((error) => {
    throw callRecordingError(error, advice);
  });
}
