import { recordingFileStatusUpdated } from "./recordingFileStatusUpdated.ts";

/** Recordings. */
export const recordingEvents = [recordingFileStatusUpdated];
