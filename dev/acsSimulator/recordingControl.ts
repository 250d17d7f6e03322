// Starts, pauses, resumes and stops recordings; after a stop the file is served and its event published.
// Source: Call Automation REST API 2026-03-12, /calling/recordings.
import { callEnded } from "./callEnded.ts";
import { guidOf } from "./callIds.ts";
import type { Context } from "./context.ts";
import { externalLocations } from "./externalLocations.ts";
import type { Faults } from "./faults.ts";
import { type LiveRecording, recordingFile } from "./recordingFile.ts";
import { readRecordingStart } from "./recordingStart.ts";
import type { RecordingStore } from "./recordingStore.ts";
import { json, type Reply } from "./reply.ts";
import { SimulatorError } from "./simulatorError.ts";

export class RecordingControl {
  readonly #recordings = new Map<string, LiveRecording>();
  readonly #context: Context;
  readonly #store: RecordingStore;
  readonly #faults: Faults;
  readonly #chunks: number;

  /** @param chunks in how many chunks a stopped recording is cut */
  constructor(context: Context, store: RecordingStore, faults: Faults, chunks: number) {
    this.#context = context;
    this.#store = store;
    this.#faults = faults;
    this.#chunks = chunks;
  }

  /** `POST /calling/recordings`. */
  start(body: Buffer): Reply {
    const { pauseOnStart, ...asked } = readRecordingStart(body);
    if (this.#runningIn(asked.serverCallId).length > 0) {
      const message = "Recording is already in progress, one recording can be active at a time.";
      throw new SimulatorError(400, "8553", message);
    }
    const parts = { PlatformEndpointId: crypto.randomUUID(), ResourceSpecificId: crypto.randomUUID() };
    const recording: LiveRecording = {
      ...asked,
      recordingId: Buffer.from(JSON.stringify(parts)).toString("base64url"),
      callId: guidOf(asked.serverCallId),
      startedAt: this.#context.clock(),
      pauses: [],
      active: false,
      everActive: false,
      stopped: false,
    };
    this.#recordings.set(recording.recordingId, recording);
    if (pauseOnStart) {
      recording.pauses.push({ from: recording.startedAt });
      this.#tell(recording);
    } else {
      this.#activate(recording);
    }
    return stateReply(recording);
  }

  /** `GET /calling/recordings/{recordingId}`; 404 once it was stopped. */
  state(recordingId: string): Reply {
    return stateReply(this.#running(recordingId));
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

  /** `DELETE /calling/recordings/{recordingId}`. */
  stop(recordingId: string): Reply {
    this.#end(this.#running(recordingId));
    return { status: 204 };
  }

  /** `POST /simulator/calls/{serverCallId}/end`: the call ends, and with it the recordings that run in it. */
  endCall(serverCallId: string): Reply {
    const ended = this.#runningIn(serverCallId);
    for (const recording of ended) {
      this.#end(recording);
    }
    this.#context.publish(callEnded(serverCallId, this.#context.resourceId));
    return json(200, { recordingIds: ended.map(({ recordingId }) => recordingId) });
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

  #runningIn(serverCallId: string): LiveRecording[] {
    return [...this.#recordings.values()].filter((one) => one.serverCallId === serverCallId && !one.stopped);
  }

  /** A recording that was never active leaves no file. */
  #end(recording: LiveRecording): void {
    const at = this.#context.clock();
    this.#endPause(recording, at);
    recording.active = false;
    recording.stopped = true;
    this.#tell(recording);
    if (!recording.everActive) {
      return;
    }
    const { chunks, event } = recordingFile(recording, at, this.#chunks, this.#context.resourceId);
    const { containerUrl } = recording;
    const locations = chunks.map((chunk, index) =>
      containerUrl ? externalLocations(recording, containerUrl, chunk.documentId, index) : this.#store.add(chunk),
    );
    if (!this.#faults.takes("announcement", recording.recordingId)) {
      this.#context.publish(event(locations));
    }
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
