import { createPublicKey } from "node:crypto";
import { type SealHead, signedText } from "../head.ts";
import { askVault, type GetToken } from "./askVault.ts";
import { isSignedBy } from "./isSignedBy.ts";
import type { SealKey } from "./signHead.ts";
import { digestOf } from "./signInVault.ts";

/**
 * Whether a head is signed with the key by which this app signs, in whichever of its versions.
 * @throws AcsEventsError ACS_EVENTS_SEAL_NOT_SIGNED (retryable) when Key Vault does not say
 */
export async function isSignedWith(head: SealHead, key: SealKey, getToken?: GetToken): Promise<boolean> {
  if ("local" in key) return isSignedBy(head, [createPublicKey(key.local)]);
  const { signature } = head;
  // Whoever wrote the head names the key: it must be ours, or he would be asked whether it is his.
  if (signature?.algorithm !== "ES256" || nameOf(signature.key) !== nameOf(key.vaultKey)) return false;
  const asked = { alg: "ES256", digest: digestOf(signedText(head)), value: signature.value };
  return (await askVault(signature.key, "verify", asked, getToken)).value === true;
}

/** A key's id without its version. */
function nameOf(keyId: string): string | undefined {
  return /^(https?:\/\/[^/?#@\\]+\/keys\/[\w-]+)(\/\w*)?$/.exec(keyId)?.[1]?.toLowerCase();
}
