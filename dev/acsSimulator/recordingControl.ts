// Starts, pauses, resumes and stops recordings; after a stop the file is served and its event published.
// Source: Call Automation REST API 2026-03-12, /calling/recordings.
import { Type } from "typebox";
import { guidOf, serverCallIdOf } from "./callIds.ts";
import type { Context } from "./context.ts";
import { readBody } from "./readBody.ts";
import { type LiveRecording, recordingFile } from "./recordingFile.ts";
import type { RecordingStore } from "./recordingStore.ts";
import { json, type Reply } from "./reply.ts";
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
});

export class RecordingControl {
  readonly #recordings = new Map<string, LiveRecording>();
  readonly #context: Context;
  readonly #store: RecordingStore;
  readonly #chunks: number;

  /** @param chunks in how many chunks a stopped recording is cut */
  constructor(context: Context, store: RecordingStore, chunks: number) {
    this.#context = context;
    this.#store = store;
    this.#chunks = chunks;
  }

  /** `POST /calling/recordings`. */
  start(body: Buffer): Reply {
    const request = readBody(startBody, body);
    const { callLocator, callConnectionId, recordingStateCallbackUri: callbackUri } = request;
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
    const serverCallId =
      callLocator === undefined
        ? serverCallIdOf(callConnectionId ?? "")
        : "serverCallId" in callLocator
          ? callLocator.serverCallId
          : serverCallIdOf("roomId" in callLocator ? callLocator.roomId : callLocator.groupCallId);
    const parts = { PlatformEndpointId: crypto.randomUUID(), ResourceSpecificId: crypto.randomUUID() };
    const recording: LiveRecording = {
      recordingId: Buffer.from(JSON.stringify(parts)).toString("base64url"),
      serverCallId,
      callId: guidOf(serverCallId),
      callConnectionId,
      callbackUri,
      contentType,
      channelType,
      format,
      startedAt: this.#context.clock(),
      pauses: [],
      active: false,
      everActive: false,
      stopped: false,
    };
    this.#recordings.set(recording.recordingId, recording);
    if (request.pauseOnStart) {
      recording.pauses.push({ from: recording.startedAt });
      this.#tell(recording);
    } else {
      this.#activate(recording);
    }
    return stateReply(recording);
  }

  /** `GET /calling/recordings/{recordingId}`. */
  state(recordingId: string): Reply {
    return stateReply(this.#get(recordingId));
  }

  /** `POST /calling/recordings/{recordingId}:pause`; pausing twice changes nothing. */
  pause(recordingId: string): Reply {
    const recording = this.#running(recordingId);
    if (recording.active) {
      recording.active = false;
      recording.pauses.push({ from: this.#context.clock() });
      this.#tell(recording);
    }
    return { status: 202 };
  }

  /** `POST /calling/recordings/{recordingId}:resume`; resuming twice changes nothing. */
  resume(recordingId: string): Reply {
    const recording = this.#running(recordingId);
    if (!recording.active) {
      this.#activate(recording);
    }
    return { status: 202 };
  }

  /** `DELETE /calling/recordings/{recordingId}`. A recording that was never active leaves no file. */
  stop(recordingId: string): Reply {
    const recording = this.#running(recordingId);
    const at = this.#context.clock();
    this.#endPause(recording, at);
    recording.active = false;
    recording.stopped = true;
    this.#tell(recording);
    if (recording.everActive) {
      const { chunks, event } = recordingFile(recording, at, this.#chunks, this.#context.resourceId);
      this.#context.publish(event(chunks.map((chunk) => this.#store.add(chunk))));
    }
    return { status: 204 };
  }

  clear(): void {
    this.#recordings.clear();
  }

  #get(recordingId: string): LiveRecording {
    const recording = this.#recordings.get(recordingId);
    if (!recording) {
      throw new SimulatorError(404, "8522", "Recording not found.");
    }
    return recording;
  }

  #running(recordingId: string): LiveRecording {
    const recording = this.#get(recordingId);
    if (recording.stopped) {
      throw new SimulatorError(404, "8522", "Recording not found: it was stopped.");
    }
    return recording;
  }

  #activate(recording: LiveRecording): void {
    this.#endPause(recording, this.#context.clock());
    recording.active = true;
    recording.everActive = true;
    this.#tell(recording);
  }

  #endPause(recording: LiveRecording, at: Date): void {
    const last = recording.pauses.at(-1);
    if (last && !last.to) {
      last.to = at;
    }
  }

  #tell(recording: LiveRecording): void {
    const { recordingId, serverCallId, callConnectionId, callId, callbackUri, startedAt } = recording;
    if (callbackUri === undefined) {
      return;
    }
    this.#context.callBack(callbackUri, {
      type: "RecordingStateChanged",
      subject: `calling/recordings/${recordingId}`,
      data: {
        recordingId,
        state: recording.active ? "active" : "inactive",
        startDateTime: startedAt.toISOString(),
        recordingKind: "azureCommunicationServices",
        ...(callConnectionId === undefined ? {} : { callConnectionId }),
        serverCallId,
        correlationId: callId,
      },
    });
  }
}

function stateReply({ recordingId, active }: LiveRecording): Reply {
  const recordingState = active ? "active" : "inactive";
  return json(200, { recordingId, recordingState, recordingKind: "azureCommunicationServices" });
}
