import { AcsEventsError } from "../events/errors.ts";
import { printable } from "../events/printable.ts";
import { httpStatus } from "../storage/onDemand.ts";
import { noToken, notConnected } from "./unsent.ts";

/**
 * What failed with a call that rings, and whether ACS may have acted on it all the same. The SDK's error holds the request, and ACS may
 * quote it: neither goes any further.
 * @returns ACS_EVENTS_INCOMING_CALL_UNAVAILABLE (retryable) or ACS_EVENTS_INCOMING_CALL_REFUSED, with the status of ACS if it answered
 */
export function incomingCallError(error: unknown): AcsEventsError {
  if (error instanceof AcsEventsError) return error;
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const what = printable(String(code ?? name ?? "no code"), 60);
  if (noToken.has(String(name)))
    return unavailable(`No token was to be had (${what}), so ACS was not asked. Check the identity of the app.`);
  const status = httpStatus(error);
  if (status === undefined) {
    if (notConnected.has(what)) return unavailable(`ACS could not be reached (${what}).`);
    return unavailable("ACS did not answer. It may have acted on the call all the same.");
  }
  const said = `ACS answered ${status} (${what})`;
  if (status < 300) return unavailable(`${said} what cannot be read. It probably acted on the call.`, status);
  if (status >= 500 || status === 408)
    return unavailable(`${said}. It may have acted on the call all the same.`, status);
  if (status === 429) return unavailable(`${said}: it is asked too often.`, status);
  return new AcsEventsError("ACS_EVENTS_INCOMING_CALL_REFUSED", `${said}. ${advice(status)}`, { status });
}

function unavailable(message: string, status?: number): AcsEventsError {
  const options = { retryable: true, ...(status === undefined ? {} : { status }) };
  return new AcsEventsError("ACS_EVENTS_INCOMING_CALL_UNAVAILABLE", message, options);
}

function advice(status: number): string {
  if (status === 401 || status === 403)
    return "Check ACS_CONNECTION_STRING, or the role of the app's identity, and the clock.";
  if (status === 400) return "It does not take the rule's target, or PUBLIC_BASE_URL for its callbacks.";
  return "The call was over or taken already, perhaps by an earlier try, or the rule's target does not exist.";
}
