import { createHash } from "node:crypto";
import type { WorkKey } from "../../storage/ledger.ts";

/** A row of the ledger: what was decided on a call that rang, and what became of it. */
export type CallRow = {
  state: "claimed" | "redirected" | "rejected" | "answered" | "ignored" | "late" | "failed";
  /** Why nothing was done, or what failed last. */
  reason: string;
  rule: string;
  /** A CallAction as JSON, or empty. */
  action: string;
  /** Blob name. */
  event: string;
  serverCallId: string;
  claimedAt: Date;
  /** Tries that failed. */
  attempts: number;
  /** Of an answered call. */
  callConnectionId: string;
};

/** What stands in an event in place of its context, once the caller or the called is erased: it leads to the row, and takes no call. */
export function erasedContext(context: string): string {
  return erased.test(context) ? context : `erased:${sha256(context)}`;
}

/** Where the row is. The context is a secret, so only its hash is written. */
export function callKey(incomingCallContext: string): WorkKey {
  const [, hash] = erased.exec(incomingCallContext) ?? [];
  return ["incomingCall", hash ?? sha256(incomingCallContext)];
}

const erased = /^erased:([0-9a-f]{64})$/;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
