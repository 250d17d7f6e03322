import type { SealHead, SealPart, Signature } from "./head.ts";

/** A head as it was stored; undefined for what is none. Whoever changed it must not stop a verification. */
export function parseHead(content: Buffer): SealHead | undefined {
  try {
    const head = JSON.parse(content.toString("utf8")) as SealHead | null;
    return head && isHead(head) ? head : undefined;
  } catch {
    return undefined;
  }
}

function isHead({ version, seq, from, to, previous, entries, parts, signature }: Partial<SealHead>): boolean {
  const spans = !Number.isNaN(Date.parse(String(from))) && !Number.isNaN(Date.parse(String(to)));
  const chained = previous === null || typeof previous === "string";
  const numbers = version === 1 && Number.isSafeInteger(seq) && Number.isSafeInteger(entries);
  return numbers && spans && chained && Array.isArray(parts) && parts.every(isPart) && isSignature(signature);
}

function isPart(part: Partial<SealPart> | null): boolean {
  return typeof part?.name === "string" && typeof part.kind === "string" && typeof part.sha256 === "string";
}

function isSignature(signature: Partial<Signature> | undefined): boolean {
  return signature === undefined || (typeof signature.value === "string" && typeof signature.algorithm === "string");
}
