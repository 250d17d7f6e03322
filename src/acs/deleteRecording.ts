import { recordingRequest, unavailable } from "./recordingRequest.ts";

/**
 * Deletes a recording at ACS. One that is not there any more counts as deleted.
 * @param location the event's deleteLocation
 * @throws AcsEventsError ACS_EVENTS_FORBIDDEN_HOST, ACS_EVENTS_RECORDING_UNAVAILABLE (status = that of ACS)
 */
export async function deleteRecording(location: string): Promise<void> {
  const { status } = await recordingRequest("DELETE", location, { timeout: 30_000 });
  if (status !== 404 && status !== 410 && (status < 200 || status >= 300)) throw unavailable(status);
}
