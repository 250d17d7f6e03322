import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface Keys {
  master: string;
  function: string;
  /** The system key `eventgrid_extension`. */
  eventGrid: string;
}

/** Makes the keys that the host creates beside the given master key. */
export function createKeys(master: string): Keys {
  const random = () => randomBytes(24).toString("base64url");
  return { master, function: random(), eventGrid: random() };
}

/**
 * Looks at the request's key: header `x-functions-key`, else `?code=`.
 * @param accepted the kinds that open this door, beside the master key; no keys at all means the host checks none
 * @returns the status to refuse with (401 for no or an unknown key, 403 for a valid key of another kind), or undefined
 */
export function refusal(
  keys: Keys | undefined,
  accepted: (keyof Keys)[],
  request: IncomingMessage,
  url: URL,
): 401 | 403 | undefined {
  if (!keys) return undefined;
  const given = request.headers["x-functions-key"] ?? url.searchParams.get("code");
  const isKey = (kind: keyof Keys) => keys[kind] === given;
  if (isKey("master") || accepted.some(isKey)) return undefined;
  return isKey("function") || isKey("eventGrid") ? 403 : 401;
}
