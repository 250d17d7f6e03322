import { toE164 } from "../../events/phoneNumber.ts";
import { keyedHash } from "../../storage/keyedHash.ts";
import type { WorkKey } from "../../storage/ledger.ts";
import { numberKind } from "../numberKind.ts";
import type { OptOutState } from "./optOutState.ts";

/** A number of ours and one of theirs, with or without `+`. */
export interface Pair {
  ourNumber: string;
  theirNumber: string;
}

/** A row holds no number, so that it outlives the erasure of a person: an opt-out must not be forgotten with who wanted it. */
export type OptOutRow = OptOutState & {
  /** Which state ACS was told last; unset when it was told none. */
  mirrored?: OptOutState["state"];
  /** What ACS answered to it. */
  mirrorStatus?: number;
};

/** The row of a pair: found by who knows the numbers, and by nobody else. Spread over 256 partitions. */
export async function optOutKey({ ourNumber, theirNumber }: Pair): Promise<WorkKey> {
  // To people, Contoso and CONTOSO are one sender.
  const ours = numberKind(ourNumber) === "name" ? ourNumber.toUpperCase() : toE164(ourNumber);
  const hash = await keyedHash("optOut", ours, toE164(theirNumber));
  return ["optOut", hash.slice(0, 2), hash];
}
