import type { InvocationContext } from "@azure/functions";
import { AcsEventsError } from "../../events/errors.ts";
import { type Announce, receive } from "../../intake/receive.ts";
import { tell } from "../../telemetry/tell.ts";
import { actOnIncomingCall } from "./actOnIncomingCall.ts";

/**
 * A call rings for 30 seconds: whatever storage and ACS do, Event Grid is answered after so many milliseconds, and delivers again
 * after an error. ACS is given up a while before, so that what became of it can be written down.
 */
const [whole, forAcs] = [20_000, 15_000];

/**
 * The handler of IncomingCall events: archived and indexed as all others, then acted on.
 * @param announce what is done before with an archived event, of whichever family
 * @throws what a redelivery may cure
 */
export function receiveIncomingCall(announce?: Announce) {
  return async (raw: unknown, context: InvocationContext): Promise<void> => {
    const signal = AbortSignal.timeout(forAcs);
    const acting: Announce = async (event, blob) => {
      tell(context, { incomingCall: await actOnIncomingCall(event, blob, signal) });
    };
    const receiving = receive("incomingCall", announce, acting)(raw, context);
    const expired = Promise.withResolvers<never>();
    const timer = setTimeout(() => expired.reject(tooSlow()), whole);
    try {
      await Promise.race([receiving, expired.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function tooSlow(): AcsEventsError {
  const message = "Storage or ACS took too long for a call that rings. Event Grid delivers it again.";
  return new AcsEventsError("ACS_EVENTS_INCOMING_CALL_UNAVAILABLE", message, { retryable: true });
}
