import { createHash } from "node:crypto";

/**
 * The uuid of a conversation's vCon: version 8 (draft 4.1.2), the same in every export. The draft wants a time in it, too; the begin of a
 * conversation moves when an older event comes late, so this one is made from names alone (RFC 9562, B.2).
 * @param host DNS name of the account that has the conversation
 */
export function uuidOf(host: string, conversation: string): string {
  const hash = createHash("sha256").update(`${host} ${conversation}`).digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(18, 20)}-${hash.slice(20, 32)}`;
}
