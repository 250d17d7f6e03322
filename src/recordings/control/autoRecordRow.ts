import type { AcsEvent } from "../../events/acsEvent.ts";
import { idsOf, namesIn } from "../../events/callName.ts";
import type { WorkKey } from "../../storage/ledger.ts";

/** A claim of a call that AUTO_RECORD records. `serverCallId` is the one by which its claimant records; rows of old have none. */
export type AutoRecordRow = {
  state: string;
  owner: string;
  claimedAt: Date;
  event: string;
  recordingId: string;
  serverCallId?: string;
};

export interface AutoRecordKeys {
  /** Of the call whichever serverCallId an event gives it: CallStarted and CallConnected may give two. Absent without a correlationId. */
  call?: WorkKey;
  byServerCallId: WorkKey;
}

export function autoRecordKeys(event: Pick<AcsEvent, "data">, serverCallId: string): AutoRecordKeys {
  const [callId] = idsOf("callId", namesIn(event));
  return {
    ...(callId !== undefined && { call: ["autoRecord", `callId:${callId}`, ""] as const }),
    byServerCallId: ["autoRecord", serverCallId, ""],
  };
}
