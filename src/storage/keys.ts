// Ids as parts of table keys and blob names. Different ids never meet under one name.
import { createHash } from "node:crypto";

/** A key holds 512 characters (1 KiB); the rest of the room is for what is put beside the id. */
const maxLength = 300;

/**
 * An id as a table key: what a key may not hold (`/ \ # ?`, control characters and line separators) is written `!XX`, and a long id is cut
 * and ended with its SHA-256. https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
 */
export function tableKey(id: string): string {
  return bounded(
    id,
    id.toWellFormed().replace(/[/\\#?%!\p{Cc}\p{Zl}\p{Zp}\ufffd]/gu, (char) => `!${hex(char)}`),
  );
}

/** The id that `tableKey` wrote; undefined for one that was too long for a key. */
export function idOfKey(key: string): string | undefined {
  if (/![0-9a-f]{64}$/.test(key)) return undefined;
  return key.replace(/!(?:u([0-9a-f]{4})|([0-9a-f]{2}))/g, (_, long: string = "", short: string = "") =>
    String.fromCharCode(Number.parseInt(long || short, 16)),
  );
}

/** An id as one segment of a blob name: only letters, digits, `-`, `_`, `.`, `@` and `+` stay; no segment is `.` or `..`. */
export function blobSegment(id: string): string {
  const segment = id
    .toWellFormed()
    .replace(/[^A-Za-z0-9\-_.@+]/g, (char) => `!${hex(char)}`)
    .replace(/^\.+|\.+$/g, (dots) => "!2e".repeat(dots.length));
  return bounded(id, segment) || "!";
}

/** An id of bounded length, for a column: a long one is cut and ended with its SHA-256. */
export function shortId(id: string): string {
  return bounded(id, id.toWellFormed());
}

function hex(char: string): string {
  const code = char.charCodeAt(0).toString(16);
  return code.length > 2 ? `u${code.padStart(4, "0")}` : code.padStart(2, "0");
}

function bounded(id: string, escaped: string): string {
  if (escaped.length <= maxLength) return escaped;
  return `${escaped.slice(0, 100)}!${createHash("sha256").update(id).digest("hex")}`;
}
