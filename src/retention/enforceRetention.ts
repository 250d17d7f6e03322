// Ends what was kept for as long as the owner wants it kept: by the day on which it arrived, the oldest first, a slice in each run.
//
//   day by day of each kind ──► all days that are over ──► the next pass, a day later, begins anew
//     │ what is held or unsettled stays where it is: the next pass looks at it again
//     └ time is over: the ledger remembers the day, and the next run goes on there
import type { InvocationContext } from "@azure/functions";
import { families } from "../events/families.ts";
import { firstArrived } from "../storage/firstArrived.ts";
import { put, read, type WorkKey } from "../storage/ledger.ts";
import { raiseProblem, resolveProblem } from "../storage/problems.ts";
import { trustedNow } from "../storage/trustedNow.ts";
import { type ArrivedRow, walkArrived } from "../storage/walkArrived.ts";
import { tell } from "../telemetry/tell.ts";
import { type Counts, endAll } from "./endAll.ts";
import { endEvent } from "./endEvent.ts";
import { endLate } from "./endLate.ts";
import { endOldTimelines } from "./endOldTimelines.ts";
import { endQuarantined } from "./endQuarantined.ts";
import { endRecordingFile } from "./endRecordingFile.ts";
import { endSentTexts } from "./endSentTexts.ts";
import { isDown } from "./isDown.ts";
import { type Limit, limitOf } from "./limits.ts";
import { beginWork, type Outcome, type Work } from "./work.ts";

const [hour, day] = [3_600_000, 86_400_000];

/** Milliseconds after which a run begins nothing more: the next comes in an hour, and a run may take half an hour. */
const budget = 10 * 60_000;

/** A pass begins so long after the last one ended. */
const pause = 20 * hour;

type End = (work: Work, row: ArrivedRow, limit: Limit) => Promise<Outcome>;

const steps: readonly { kind: string; end: End }[] = [
  ...families.map((kind) => ({ kind, end: endEvent })),
  { kind: "quarantine", end: endQuarantined },
  { kind: "recordingFile", end: endRecordingFile },
];

/** Where a pass stands: at a day (milliseconds since 1970) of a kind; or that it ended, and when. `failed`: of what it met so far. */
type Pass = { kind: string; day: number; endedAt?: Date; failed?: number };
const passKey: WorkKey = ["retention", "pass"];

/** Handles the timer. */
export async function enforceRetention(_timer: unknown, context: InvocationContext): Promise<void> {
  try {
    await goOn(context);
  } catch (error) {
    // An outage of storage is over some time, and the next run goes on; anything else would stop each of them, unseen.
    if (!isDown(error))
      await raiseFailed(
        "A run ended halfway, and the next one may, too: the log of function enforceRetention says why.",
      );
    throw error;
  }
}

async function goOn(context: InvocationContext): Promise<void> {
  const stopAt = Date.now() + budget;
  const now = await trustedNow();
  const limits = new Map([...steps, { kind: "timeline" }].map(({ kind }) => [kind, limitOf(kind, now)]));
  if ([...limits.values()].every((limit) => limit === undefined)) return tell(context, "all is kept for ever");
  const pass = (await read<Pass>(passKey))?.row;
  if (pass?.endedAt && now.getTime() - pass.endedAt.getTime() < pause) return tell(context, "nothing is due");

  const counts: Counts = { ended: 0, held: 0, unsettled: 0, failed: 0 };
  const work = beginWork(now);
  const slice = { counts, stopAt, warn: (line: string) => context.warn(line) };
  const at = pass?.endedAt ? undefined : pass;
  const failedBefore = at?.failed ?? 0;
  const stopped = (kind: string, dayAt: number) =>
    put(passKey, { kind, day: dayAt, failed: failedBefore + counts.failed });
  const begin = steps.findIndex(({ kind }) => kind === at?.kind);
  let done = true;
  for (const { kind, end } of steps.slice(Math.max(begin, 0))) {
    const limit = limits.get(kind);
    if (!limit) continue;
    for (let next = at?.kind === kind ? at.day : 0; done; next += day) {
      const first = await firstArrived(kind, next);
      if (first === undefined || first >= limit.before) break;
      next = first;
      const rows = walkArrived([kind], { from: first, to: first + day });
      done = await endAll(rows, (row) => end(work, row, limit), slice);
      if (!done) await stopped(kind, first);
    }
    if (!done) break;
  }
  const sent = limits.get("sms");
  if (done && sent) done = await endSentTexts(work, sent, slice);
  const timeline = limits.get("timeline");
  if (done && timeline) done = await endOldTimelines(work, timeline, slice);
  if (done) done = await endLate([...limits.values()], now, stopAt);
  if (done) await put(passKey, { kind: "", day: 0, endedAt: now });
  if (counts.failed > 0)
    await raiseFailed(
      "The log of function enforceRetention names them, and why: a lease, a policy, an object of a wrong form.",
    );
  else if (done && failedBefore === 0) await resolveProblem(failure);
  tell(context, { outcome: done ? "done" : "goes on in the next run", ...counts });
}

const failure = {
  kind: "retentionFailed",
  cause: "Something could not be ended that was kept for long enough",
  raw: "retention",
} as const;

function raiseFailed(why: string): Promise<void> {
  return raiseProblem({ ...failure, advice: `${why} It is tried again by each pass, once a day.` });
}
