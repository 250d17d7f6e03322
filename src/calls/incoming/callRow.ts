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

/** Where the row is. The context is a secret, so only its hash is written. */
export function callKey(incomingCallContext: string): WorkKey {
  return ["incomingCall", createHash("sha256").update(incomingCallContext).digest("hex")];
}
