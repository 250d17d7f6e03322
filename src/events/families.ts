/** The families of events; each has its own Event Grid trigger, a folder here, and one subscription in Azure. */
export type Family =
  | "sms"
  | "chat"
  | "call"
  | "incomingCall"
  | "recording"
  | "email"
  | "messaging"
  | "router"
  | "presence";

export const families: readonly Family[] = [
  "sms",
  "chat",
  "call",
  "incomingCall",
  "recording",
  "email",
  "messaging",
  "router",
  "presence",
];
