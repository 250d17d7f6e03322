// Tells ACS what state a pair is in.
//
//   read the row ──► tell ACS ──► mark it told      if the row is what it was (ETag)
//        ▲                            │ lost the race: another change came, or another job told ACS. Nobody knows whose request ACS
//        └────────────────────────────┘ took last, so it is told again, from the row as it is now; the last word is the row's.
import type { InvocationContext } from "@azure/functions";
import { setSmsOptOut } from "../../acs/smsOptOuts.ts";
import { setting } from "../../config.ts";
import { lostRace, read, settle } from "../../storage/ledger.ts";
import { raiseProblem, resolveProblem } from "../../storage/problems.ts";
import { tell } from "../../telemetry/tell.ts";
import { putJob, type SyncJob } from "./optOutJobs.ts";
import { type OptOutRow, optOutKey } from "./optOutRow.ts";
import { takeOptOut } from "./takeOptOut.ts";

/** What ACS may ask for at most, in milliseconds. */
const longestWait = 24 * 60 * 60_000;

/** Handles a job of queue `sms-opt-outs`. Throws when a retry may help. */
export async function syncOptOut({ note, again, ...pair }: SyncJob, context: InvocationContext): Promise<void> {
  if (note) {
    await takeOptOut(pair, { ...note, at: new Date(note.at) });
    return tell(context, "noted a change that had waited");
  }
  if (!setting("ACS_OPT_OUT_SYNC")) return tell(context, "ACS is not told: ACS_OPT_OUT_SYNC is off");
  const work = await optOutKey(pair);
  // The request of a try that was cut off may have come to ACS after that of another job.
  let doubtful = again === true || Number(context.triggerMetadata?.dequeueCount ?? 1) > 1;
  for (;;) {
    const held = await read<OptOutRow>(work);
    if (!held) return tell(context, "there is nothing to tell ACS");
    const { state, mirrored } = held.row;
    if (mirrored === state && !doubtful) return tell(context, "ACS was told before");
    const told = await setSmsOptOut({ from: pair.ourNumber, to: pair.theirNumber, state });
    if (told.outcome === "later") {
      await putJob(pair, doubtful ? { again: true } : {}, Math.min(told.afterMs, longestWait));
      return tell(context, "ACS is told later: it wants to be left alone");
    }
    // The problem first: after a crash in between, nobody would raise it.
    await tellOfRefusal(work.at(-1) ?? "", held.row, told);
    try {
      await settle(work, held.etag, { mirrored: state, mirrorStatus: told.status });
      return tell(
        context,
        told.outcome === "done" ? `ACS was told: ${state}` : `ACS refused with status ${told.status}`,
      );
    } catch (error) {
      if (!lostRace(error)) throw error;
      doubtful = true;
    }
  }
}

/** Raises a problem when ACS refused, and resolves that of an earlier refusal when it did not. */
async function tellOfRefusal(
  hash: string,
  { state, mirrored, mirrorStatus = 0 }: OptOutRow,
  { outcome, status }: { outcome: "done" | "refused"; status: number },
): Promise<void> {
  const refusal = (of: OptOutRow["state"], by: number) =>
    ({
      kind: "optOutNotMirrored",
      cause: `ACS refused to ${of === "out" ? "block" : "unblock"} a number that opted ${of}: status ${by}`,
      raw: `ledger optOut ${hash}`,
    }) as const;
  if (outcome === "done") {
    if (mirrored && mirrorStatus >= 400) await resolveProblem(refusal(mirrored, mirrorStatus));
    return;
  }
  const advice =
    state === "out"
      ? "The app itself sends nothing to the number. Other senders on the same ACS resource must be told by you. The number of ours may be of a kind that ACS keeps no opt-outs for."
      : "Texts to the number may still fail as blocked. Unblock it with the opt-out API of ACS, or ask the sender for START once more.";
  await raiseProblem({ ...refusal(state, status), advice });
}
