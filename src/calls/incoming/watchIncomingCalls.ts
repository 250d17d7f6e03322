// The sweep over the calls that were taken on: what a crash left out is written and told.
import type { InvocationContext } from "@azure/functions";
import { type Held, read, readAll, type WorkKey } from "../../storage/ledger.ts";
import { failureOf } from "../../telemetry/failureOf.ts";
import { tell } from "../../telemetry/tell.ts";
import type { CallRow } from "./callRow.ts";
import { ringing } from "./ringing.ts";
import { closeCall, concludeCall, type OpenCallRow, openCalls, settleCall, unknownEnd } from "./settleCall.ts";

/** Handles the timer. What cannot be looked at now is for the next sweep. */
export async function watchIncomingCalls(_timer: unknown, context: InvocationContext): Promise<void> {
  const counts = { open: 0, closed: 0, failed: 0 };
  for await (const open of readAll<OpenCallRow>(openCalls)) {
    counts.open++;
    try {
      if (await watchCall(["incomingCall", open.rowKey], open)) counts.closed++;
    } catch (error) {
      counts.failed++;
      context.warn(`an incoming call could not be looked at: ${failureOf(error)}`);
    }
  }
  tell(context, counts);
}

/** @returns whether it is swept no more */
async function watchCall(work: WorkKey, open: Held<OpenCallRow>): Promise<boolean> {
  // While it rings somebody may be at it, and may succeed after another failed.
  if (Date.now() - open.row.since.getTime() < ringing) return false;
  const held = await read<CallRow>(work);
  if (held?.row.state === "claimed") await settleCall(work, unknownEnd(held.row));
  else if (held) await concludeCall(work, held.row);
  await closeCall(work, open.etag);
  return true;
}
