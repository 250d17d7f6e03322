import { AcsEventsError } from "../events/errors.ts";
import { printable } from "../events/printable.ts";
import { httpStatus } from "../storage/onDemand.ts";

/** ACS's own code for a second recording in a call: https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes */
const alreadyRecording = "8553";

/**
 * An error of the SDK as one of ours.
 * @param advice what to say of the id when ACS does not take it
 * @returns ACS_EVENTS_ALREADY_RECORDING (409); ACS_EVENTS_RECORDING_REFUSED with the status of ACS; or
 * ACS_EVENTS_RECORDING_CONTROL_UNAVAILABLE, which a retry may cure, with the status of ACS if it answered
 */
export function callRecordingError(error: unknown, advice: string): AcsEventsError {
  if (error instanceof AcsEventsError) return error;
  const status = httpStatus(error);
  const { code, message } = error as { code?: unknown; message?: unknown };
  const details = [{ status, code: printable(String(code ?? "")), message: printable(String(message ?? "")) }];
  if (String(code) === alreadyRecording) {
    return new AcsEventsError(
      "ACS_EVENTS_ALREADY_RECORDING",
      "A recording runs in this call that was not started here, or was started here by another id of the call. Stop it first, or use the recordingId that its starter got.",
      { status: 409, details, cause: error },
    );
  }
  if (status === undefined || status >= 500 || [401, 403, 408, 429].includes(status)) {
    return new AcsEventsError("ACS_EVENTS_RECORDING_CONTROL_UNAVAILABLE", unavailable(status), {
      retryable: true,
      ...(status === undefined ? {} : { status, details }),
      cause: error,
    });
  }
  const found =
    status === 404
      ? "ACS does not know it: the call has ended or the recording was stopped."
      : `ACS answered ${status}.`;
  return new AcsEventsError("ACS_EVENTS_RECORDING_REFUSED", `${found} ${advice}`, { status, details, cause: error });
}

function unavailable(status: number | undefined): string {
  if (status === undefined) return "ACS did not answer. Try again; a start is not carried out twice.";
  if (status === 401 || status === 403) {
    return `ACS answered ${status} to this app: check ACS_CONNECTION_STRING, or the role of the app's identity, and the clock.`;
  }
  return `ACS answered ${status}. Try again; a start is not carried out twice.`;
}
