/** The families of events; each has its own Event Grid trigger, a folder here, and one subscription in Azure. */
export const families = [
  "sms",
  "chat",
  "call",
  "incomingCall",
  "recording",
  "email",
  "messaging",
  "router",
  "presence",
] as const;

export type Family = (typeof families)[number];
