// How a call that was taken on ends: written once, then told, then swept no more.
//
//   open ──► claim ──► ask ACS ──► settle ──► resolve or raise its problem ──► close
//                                     │ if unchanged; what was done             │ the sweep (watchIncomingCalls) does what a crash
//                                     └ overrules what failed                   └ left out, and closes what failed
import { changeRow } from "../../storage/changeRow.ts";
import { put, read, type WorkKey } from "../../storage/ledger.ts";
import { releaseIfOurs } from "../../storage/releaseIfOurs.ts";
import type { CallRow } from "./callRow.ts";
import { raiseFailed, resolveFailed } from "./incomingCallProblem.ts";

/** A call that was taken on, for the sweep; under the call's own key, so in a partition of its own. */
export type OpenCallRow = { since: Date };
export const openCalls: WorkKey = ["open", "incomingCall"];
const openKey = (work: WorkKey): WorkKey => ["open", ...work];

/** To be done before the call is claimed: so no claim is forgotten. */
export function openCall(work: WorkKey): Promise<void> {
  return put(openKey(work), { since: new Date() } satisfies OpenCallRow);
}

/** @param etag none: whoever opened it again */
export async function closeCall(work: WorkKey, etag = "*"): Promise<void> {
  await releaseIfOurs(openKey(work), etag);
}

/**
 * Writes how a call stands, unless another process wrote that it ended.
 * @returns the row as it is then
 */
export async function settleCall(work: WorkKey, columns: Partial<CallRow>): Promise<CallRow | undefined> {
  const fails = columns.state === undefined || columns.state === "failed";
  const row = await changeRow<CallRow>(work, (there) =>
    there?.state === "claimed" || (there?.state === "failed" && !fails) ? columns : undefined,
  );
  if (row) await concludeCall(work, row);
  return row;
}

/** What follows from how a call ended; again changes nothing. */
export async function concludeCall(work: WorkKey, row: CallRow): Promise<void> {
  if (row.state === "claimed") return;
  if (row.state !== "failed") {
    // Without an action another process, which read other rules, left it alone.
    if (row.action) await resolveFailed(row);
    return closeCall(work);
  }
  await raiseFailed(row);
  // Another process that succeeded meanwhile may have looked for the problem before it was there.
  const now = await read<CallRow>(work);
  if (now && now.row.state !== "failed") await resolveFailed(row);
}

/** How a call ends that was taken on and of which nothing more came while it rang. */
export function unknownEnd({ reason }: CallRow): Partial<CallRow> {
  const known = reason
    ? `${reason} What became of a later try, if there was one, is not known.`
    : "Whether ACS acted on the call is not known: the app ended, or lost its storage, before that was written.";
  return { state: "failed", reason: known };
}
