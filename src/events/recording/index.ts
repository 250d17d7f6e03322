import { recordingFileStatusUpdated } from "./recordingFileStatusUpdated.ts";
import { recordingStateChanged } from "./recordingStateChanged.ts";

/** Recordings, and the callback that tells of their state. */
export const recordingEvents = [recordingFileStatusUpdated, recordingStateChanged];
