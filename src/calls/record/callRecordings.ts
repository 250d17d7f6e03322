// What a call's record wants to know of recordings. Passed in: this room and that of the recordings do not know each other.

/** A recording, as a call's record shows it. */
export interface CallRecording {
  recordingId: string;
  /** complete, incomplete: of what was announced; recording, paused: it runs; stopped: not announced yet. */
  state: "complete" | "incomplete" | "recording" | "paused" | "stopped";
  startedAt?: string;
  durationMs?: number;
  contentType?: string;
  channelType?: string;
  /** In order; milliseconds. Without a duration: it was not resumed. */
  pauses: { startTime: string; duration?: number }[];
  link: string;
}

/** The names that a recording gives its call. */
interface RecordedCall {
  /** The id under which the recording is kept. */
  recordingId: string;
  callId?: string;
  serverCallId?: string;
}

export interface CallRecordings {
  /** Ids of the recordings that were started here in a call. */
  startedIn(serverCallId: string): Promise<string[]>;
  /** The call that a recording belongs to, by any id of the recording; undefined for an unknown one. */
  callOf(recordingId: string): Promise<RecordedCall | undefined>;
  /** @param recordingId as callOf gives it */
  show(recordingId: string): Promise<CallRecording | undefined>;
}
