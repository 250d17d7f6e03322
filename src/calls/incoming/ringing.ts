/**
 * How long a call rings, in milliseconds.
 * https://learn.microsoft.com/azure/communication-services/concepts/call-automation/incoming-call-notification
 */
export const ringing = 30_000;
