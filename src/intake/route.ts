import { setting, settingIsValid } from "../config.ts";
import { type AcsEvent, is } from "../events/acsEvent.ts";
import { recordingFileStatusUpdated } from "../events/recording/recordingFileStatusUpdated.ts";
import { recordingStateChanged } from "../events/recording/recordingStateChanged.ts";
import { smsReceived } from "../events/sms/smsReceived.ts";
import { callToRecord } from "./callToRecord.ts";
import type { Job } from "./jobs.ts";

/** The jobs that an archived event asks for. The same event asks for the same jobs each time; the ledger does each once. */
export function route(event: AcsEvent, blob: string): Job[] {
  if (is(smsReceived, event)) {
    // With an invalid setting the job goes out too: it fails with advice and ends as a problem, and the event is kept.
    const wanted = !settingIsValid("AUTO_REPLY") || setting("AUTO_REPLY");
    return wanted ? [{ queue: "sms-replies", message: { event: blob } }] : [];
  }
  if (is(recordingFileStatusUpdated, event)) {
    return event.data.recordingStorageInfo.recordingChunks.map((_, chunk) => ({
      queue: "recording-downloads",
      message: { event: blob, chunk },
    }));
  }
  if (is(recordingStateChanged, event)) return [{ queue: "recording-relays", message: { event: blob } }];
  // As above: with an invalid setting the job goes out, for any call.
  const mode = settingIsValid("AUTO_RECORD") ? setting("AUTO_RECORD") : "all";
  return callToRecord(event, mode) ? [{ queue: "recording-starts", message: { event: blob } }] : [];
}
