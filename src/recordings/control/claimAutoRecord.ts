// The claims of a call that is recorded as it begins: by its correlationId, which all its events share, and by its serverCallId.
//
//   claim callId:{correlationId} ──► claim {serverCallId} ──► (start) ──► settle {serverCallId} ──► settle callId:…
//     │                                │                                    a crash anywhere: the message comes again, and has its claims
//     │                                └ settled: the first is settled like it
//     └ settled: the second is made like it, for events without a correlationId
import { AcsEventsError } from "../../events/errors.ts";
import { claim, release, settle, type WorkKey } from "../../storage/ledger.ts";
import type { AutoRecordKeys, AutoRecordRow } from "./autoRecordRow.ts";
import { claimJob } from "./claimJob.ts";

export type Outcome = { state: string; recordingId: string };

export interface AutoRecordClaim {
  end(outcome: Outcome): Promise<void>;
  giveBack(): Promise<void>;
}

/** ACS would not record the call by this serverCallId; by another one it may. */
export const refused = "refused";

type Held = { work: WorkKey; etag: string };

/**
 * @returns the claim, or why there is nothing to do
 * @throws AcsEventsError ACS_EVENTS_RECORDING_BEGINS (retryable) while another event of the call starts its recording by another serverCallId
 */
export async function claimAutoRecord(
  { call, byServerCallId }: AutoRecordKeys,
  fresh: AutoRecordRow,
): Promise<AutoRecordClaim | string> {
  const isMine = ({ state, owner }: AutoRecordRow) => state === "claimed" && owner === fresh.owner;
  // Who records the call by another serverCallId may have begun before it died, and is not found by this one.
  const bySame = ({ serverCallId }: AutoRecordRow) => serverCallId === fresh.serverCallId;
  const first = call && (await claimJob<AutoRecordRow>(call, fresh, bySame));
  if (first && !isMine(first.row)) {
    const { state, recordingId, serverCallId } = first.row;
    if (state === "claimed" && serverCallId !== fresh.serverCallId) throw begins();
    if (state === "claimed") return another;
    await claim<AutoRecordRow>(byServerCallId, { ...fresh, state, recordingId });
    return `already ${state}`;
  }
  const whole = call && first && { work: call, etag: first.etag };
  const { row, etag } = await claimJob<AutoRecordRow>(byServerCallId, fresh);
  if (isMine(row)) return claimOf({ work: byServerCallId, etag }, whole);
  if (row.state !== "claimed") {
    if (whole) await endCall(whole, row);
    return `already ${row.state}`;
  }
  if (!whole) return another;
  await release(whole.work, whole.etag);
  throw begins();
}

const another = "another message starts this recording";

function claimOf(own: Held, whole: Held | undefined): AutoRecordClaim {
  return {
    async end(outcome) {
      await settle(own.work, own.etag, outcome);
      if (whole) await endCall(whole, outcome);
    },
    async giveBack() {
      await release(own.work, own.etag);
      if (whole) await release(whole.work, whole.etag);
    },
  };
}

async function endCall({ work, etag }: Held, { state, recordingId }: Outcome): Promise<void> {
  if (state === refused) await release(work, etag);
  else await settle(work, etag, { state, recordingId });
}

function begins(): AcsEventsError {
  const message = "Another event of the call starts its recording just now. The job is tried again.";
  return new AcsEventsError("ACS_EVENTS_RECORDING_BEGINS", message, { retryable: true });
}
