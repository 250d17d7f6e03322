import { hash } from "node:crypto";
import { AcsEventsError } from "../../events/errors.ts";
import type { Signature } from "../head.ts";
import { askVault, type GetToken } from "./askVault.ts";

/**
 * Signs a text with an EC P-256 key of Key Vault (ES256).
 * @param keyId `https://{vault}/keys/{name}`, with a version or without
 * @throws AcsEventsError ACS_EVENTS_SEAL_NOT_SIGNED (retryable)
 */
export async function signInVault(keyId: string, text: string, getToken?: GetToken): Promise<Signature> {
  const asked = { alg: "ES256", value: digestOf(text) };
  const { kid, value } = await askVault(keyId, "sign", asked, getToken);
  if (typeof kid === "string" && typeof value === "string") return { algorithm: "ES256", key: kid, value };
  throw new AcsEventsError("ACS_EVENTS_SEAL_NOT_SIGNED", "Key Vault answered without a signature.", {
    retryable: true,
  });
}

/** As Key Vault takes it. */
export function digestOf(text: string): string {
  return Buffer.from(hash("sha256", text), "hex").toString("base64url");
}
