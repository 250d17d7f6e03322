// What goes through queue `sms-opt-outs`: a pair whose state ACS is to be told, and a change that could not be noted yet.
import { setting, settingIsValid } from "../../config.ts";
import { isE164, toE164 } from "../../events/phoneNumber.ts";
import type { OptOutJob } from "../../intake/jobs.ts";
import { enqueue } from "../../storage/enqueue.ts";
import type { OptOutRow, Pair } from "./optOutRow.ts";
import type { OptOutChange } from "./optOutState.ts";

export interface SyncJob extends OptOutJob {
  /** A change to note first; `at` in ISO 8601. */
  note?: Omit<OptOutChange, "at"> & { at: string };
  /** ACS is told even if it seems to know: an earlier request may have come there late. */
  again?: boolean;
}

/** How long a change that cannot be noted waits for somebody to mend the key, in milliseconds. */
const mendingTime = 5 * 60_000;

/** Hands the telling of ACS to the queue, if it is wanted and ACS was told another state or none. Doing it twice is harmless. */
export async function mirrorLater(pair: Pair, { state, mirrored }: OptOutRow): Promise<void> {
  // With an invalid setting the job goes out too: it fails with advice and ends as a problem.
  const wanted = !settingIsValid("ACS_OPT_OUT_SYNC") || setting("ACS_OPT_OUT_SYNC");
  if (wanted && mirrored !== state && isE164(toE164(pair.theirNumber))) await putJob(pair);
}

/** Puts a change by, to be noted when the key of the hashes is mended. */
export async function noteLater(pair: Pair, { at, ...change }: OptOutChange): Promise<void> {
  await putJob(pair, { note: { ...change, at: at.toISOString() } }, mendingTime);
}

/** @param delay milliseconds */
export async function putJob(pair: Pair, more: Omit<SyncJob, keyof OptOutJob> = {}, delay = 0): Promise<void> {
  const job: SyncJob = { ourNumber: toE164(pair.ourNumber), theirNumber: toE164(pair.theirNumber), ...more };
  await enqueue("sms-opt-outs", job, delay);
}
