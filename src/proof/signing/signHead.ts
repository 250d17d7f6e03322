import { createPublicKey, hash, type KeyObject, sign } from "node:crypto";
import type { Signature } from "../head.ts";
import { signInVault } from "./signInVault.ts";

/** A local private key, or the id of one in Key Vault. */
export type SealKey = { local: KeyObject } | { vaultKey: string };

/**
 * Signs the text of a head.
 * @returns undefined without a key
 * @throws AcsEventsError ACS_EVENTS_SEAL_NOT_SIGNED (retryable) when Key Vault does not sign
 */
export async function signHead(text: string, key: SealKey | undefined): Promise<Signature | undefined> {
  if (!key) return undefined;
  if ("vaultKey" in key) return signInVault(key.vaultKey, text);
  const { local } = key;
  const edwards = local.asymmetricKeyType === "ed25519";
  const value = sign(edwards ? null : "sha256", Buffer.from(text), { key: local, dsaEncoding: "ieee-p1363" });
  const spki = createPublicKey(local).export({ type: "spki", format: "der" });
  return {
    algorithm: edwards ? "EdDSA" : "ES256",
    key: `sha256:${hash("sha256", spki)}`,
    value: value.toString("base64url"),
  };
}
