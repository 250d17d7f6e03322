// Closes an hour or a day of the archive: lists what arrived in it, chained to the seal before.
//
//   parts ──────────────► head ──────────────► end remembered in the ledger
//     │ names of their own  │ If-None-Match       │ a crash before it: the next run finds the head
//     │ for each attempt    └ of two sealers one wins; the other takes its parts away
import type { InvocationContext } from "@azure/functions";
import { setting } from "../config.ts";
import { AcsEventsError } from "../events/errors.ts";
import { raiseProblem, resolveProblem } from "../storage/problems.ts";
import { tell } from "../telemetry/tell.ts";
import { sealNext } from "./sealNext.ts";

/** Milliseconds after which a run begins no further seal; the next run goes on. */
const budget = 8 * 60_000;

/** Handles the timer: seals all that is due, at the first time all that was ever kept. */
export async function seal(_timer: unknown, context: InvocationContext): Promise<void> {
  const period = setting("SEAL");
  if (period === "off") return tell(context, "SEAL is off");
  const end = Date.now() + budget;
  tell(context, "nothing is due");
  try {
    for (let seals = 1; Date.now() < end; seals++) {
      const sealed = await sealNext(period);
      if (!sealed) break;
      // The last of them vouches for all before it: docs/proof.md.
      tell(context, { outcome: "sealed", seals, sealed });
    }
    await resolveProblem(trouble);
  } catch (error) {
    if (error instanceof AcsEventsError) await raiseProblem({ ...trouble, advice: error.message });
    throw error;
  }
}

const trouble = {
  kind: "sealFailed",
  cause: "The archive could not be sealed; it is tried every hour",
  raw: "seals",
} as const;
