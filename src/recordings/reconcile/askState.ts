import { type RecordingState, recordingState } from "../../acs/callRecording.ts";
import { AcsEventsError } from "../../events/errors.ts";

/** What ACS says of a recording; undefined when it cannot be asked, or says something else. */
export type AskState = (recordingId: string) => Promise<RecordingState | "ended" | undefined>;

/** For one sweep. Once ACS has not answered, or with a 5xx, 401 or 429, it is asked no more: each try takes up to half a minute. */
export function stateAsker(): AskState {
  let answers = true;
  return async (recordingId) => {
    if (!answers) return undefined;
    try {
      return await recordingState(recordingId);
    } catch (error) {
      if (!(error instanceof AcsEventsError)) throw error;
      if (error.status === 404) return "ended";
      if (error.retryable) answers = false;
      return undefined;
    }
  };
}
