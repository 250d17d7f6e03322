import { createHash } from "node:crypto";

/** A serverCallId for a call that is known under another id; a real one is base64url of a conversation's URL too. */
export function serverCallIdOf(id: string): string {
  return Buffer.from(`https://conv.acs-simulator.invalid/conv/${id}`).toString("base64url");
}

/** The same GUID for the same text, so that all that belongs to one call has one callId. */
export function guidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
