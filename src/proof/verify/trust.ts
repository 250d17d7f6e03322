// What is known of the chain from elsewhere. Whoever can write to container `seals` can make the whole chain anew, and it would hold
// together; but not with a head that was kept where he cannot write, and not with the signature of a key that he does not have.
import type { KeyObject } from "node:crypto";
import { headName, type SealHead } from "../head.ts";
import { isSignedBy } from "../signing/isSignedBy.ts";

export interface Trusted {
  /** SHA-256 of heads that were kept elsewhere. */
  heads: readonly string[];
  /** Public keys; undefined: signatures are not looked at. */
  keys?: readonly KeyObject[];
}

export interface Trust {
  /** Told of each head, in order; without `head`, of one that is missing. */
  saw(seal: { seq: number; sha256: string; head?: SealHead }): void;
  /** Told of the end of the chain as the ledger has it. */
  remembers(end: { seq: number; sha256: string }): void;
  /** Tells what does not hold, when the chain is walked. */
  judge(differs: (what: string) => void): void;
}

export function trustIn({ heads, keys }: Trusted): Trust {
  const wanted = new Set(heads);
  const differences: string[] = [];
  const bySeq = new Map<number, string>();
  let signed = 0;
  let last = 0;
  return {
    saw({ seq, sha256, head }) {
      wanted.delete(sha256);
      bySeq.set(seq, sha256);
      last = seq;
      if (!keys || !head?.signature) return;
      if (isSignedBy(head, keys)) signed = seq;
      else differences.push(`seals/${headName(seq)} is not signed by the key`);
    },
    remembers({ seq, sha256 }) {
      const there = bySeq.get(seq);
      if (there !== undefined && there !== sha256)
        differences.push(`seals/${headName(seq)} is another than the ledger remembers: the chain was made anew`);
    },
    judge(differs) {
      for (const difference of differences) differs(difference);
      for (const sha256 of wanted)
        differs(`the head ${sha256} that was kept is not in the chain: it was made anew, or cut`);
      // A signed head vouches for all before it, as it has their hashes.
      if (keys && signed < last)
        differs(`no seal after ${signed === 0 ? "the begin" : headName(signed)} is signed by the key`);
    },
  };
}
