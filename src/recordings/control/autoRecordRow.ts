import type { WorkKey } from "../../storage/ledger.ts";

/** The claim of a call that AUTO_RECORD records. */
export type AutoRecordRow = { state: string; owner: string; claimedAt: Date; event: string; recordingId: string };

export const autoRecordKey = (serverCallId: string): WorkKey => ["autoRecord", serverCallId, ""];
