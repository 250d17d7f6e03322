import { AcsEventsError } from "../events/errors.ts";
import { recordingState } from "./callRecording.ts";

/**
 * Asks ACS for the state of a recording that nobody has: it says that there is none only to whom it lets in.
 * @throws AcsEventsError with the status of ACS when it does not let the app in, or does not answer; ACS_EVENTS_NO_ACS
 */
export async function tryAcs(): Promise<void> {
  try {
    await recordingState("doctor");
  } catch (error) {
    if (!(error instanceof AcsEventsError) || (error.status !== 400 && error.status !== 404)) throw error;
  }
}
