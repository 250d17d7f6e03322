import { type KeyObject, verify } from "node:crypto";
import { type SealHead, signedText } from "../head.ts";

/** Whether a head's signature is of one of these public keys. */
export function isSignedBy(head: SealHead, keys: readonly KeyObject[]): boolean {
  const { signature } = head;
  if (!signature) return false;
  const wanted = signature.algorithm === "EdDSA" ? "ed25519" : "ec";
  const value = Buffer.from(signature.value, "base64url");
  const text = Buffer.from(signedText(head));
  return keys.some((key) => {
    if (key.asymmetricKeyType !== wanted) return false;
    return verify(wanted === "ec" ? "sha256" : null, text, { key, dsaEncoding: "ieee-p1363" }, value);
  });
}
