import { incomingCall } from "./incomingCall.ts";

/** Calls that ring. */
export const incomingCallEvents = [incomingCall];
