// What can be done with a call that rings. https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/actions-for-call-control
import type { CallAutomationClient } from "@azure/communication-call-automation";
import { AcsEventsError } from "../events/errors.ts";
import { httpStatus } from "../storage/onDemand.ts";
import { openCallAutomation } from "./callAutomation.ts";
import { incomingCallError } from "./incomingCallError.ts";
import { type Repeatability, repeatabilityHeader } from "./repeatability.ts";

/** How a request is sent: once for ACS, however often it comes, and never beyond `signal`. */
export interface Sending {
  repeatability: Repeatability;
  signal: AbortSignal;
}

/** One request may take so many milliseconds: with a silent ACS, time is left for another one while the call rings. */
const timeout = 6_000;

/**
 * Lets a call ring elsewhere. The request knows no caller id: the number or user there sees what ACS shows.
 * @param incomingCallContext of the event; it can be used while the call rings
 * @param to E.164, or a raw id
 * @throws AcsEventsError of incomingCallError; ACS_EVENTS_NO_ACS. None of them repeats what ACS was sent.
 */
export async function redirectCall(incomingCallContext: string, to: string, sending: Sending): Promise<void> {
  const { createIdentifierFromRawId } = await import("@azure/communication-common");
  const targetParticipant = createIdentifierFromRawId(to.startsWith("+") ? `4:${to}` : to);
  if (targetParticipant.kind === "unknown")
    throw new AcsEventsError("ACS_EVENTS_INCOMING_CALL_REFUSED", "The rule's target is neither a number nor a user.");
  await ask(sending, (client, options) => client.redirectCall(incomingCallContext, { targetParticipant }, options));
}

/** Ends a call before it is answered. @throws AcsEventsError as redirectCall */
export async function rejectCall(
  incomingCallContext: string,
  callRejectReason: "none" | "busy" | "forbidden",
  sending: Sending,
): Promise<void> {
  await ask(sending, (client, options) => client.rejectCall(incomingCallContext, { callRejectReason, ...options }));
}

/**
 * Answers a call.
 * @param callbackUrl where ACS posts what becomes of the call
 * @throws AcsEventsError as redirectCall
 */
export async function answerCall(
  incomingCallContext: string,
  callbackUrl: string,
  sending: Sending,
): Promise<{ callConnectionId: string }> {
  const { callConnectionProperties } = await ask(sending, (client, options) =>
    client.answerCall(incomingCallContext, callbackUrl, options),
  );
  return { callConnectionId: callConnectionProperties.callConnectionId ?? "" };
}

interface Options {
  requestOptions: { timeout: number; customHeaders: Record<string, string> };
  abortSignal: AbortSignal;
}

async function ask<T>(
  { repeatability, signal }: Sending,
  work: (client: CallAutomationClient, options: Options) => Promise<T>,
): Promise<T> {
  const client = await openCallAutomation();
  const customHeaders = repeatabilityHeader(repeatability);
  if (signal.aborted) throw tooLate();
  for (;;) {
    // Of the whole request, with the SDK's own tries of a broken one.
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    try {
      return await work(client, { requestOptions: { timeout, customHeaders }, abortSignal: inTime });
    } catch (error) {
      const answered = httpStatus(error) !== undefined;
      if (answered || signal.aborted || !inTime.aborted) throw incomingCallError(error);
    }
  }
}

function tooLate(): AcsEventsError {
  const message = "No time was left to ask ACS.";
  return new AcsEventsError("ACS_EVENTS_INCOMING_CALL_UNAVAILABLE", message, { retryable: true });
}
