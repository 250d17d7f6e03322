import { type HeldThings, readHeldThings } from "../people/holds/heldThings.ts";
import { putRetentionTombstone } from "../storage/retentionTombstones.ts";
import { fresh } from "./fresh.ts";
import type { Limit } from "./limits.ts";

/** held: by a legal hold; unsettled: something is still to be done with it. */
export type Outcome = "ended" | "held" | "unsettled";

/** Milliseconds after which a run looks for holds again: one that is set while it goes on counts from then. */
const heldFor = 5_000;

/** What a run of retention knows. */
export interface Work {
  /** What is held, by holds that were read a few seconds ago at most. */
  held(): Promise<HeldThings>;
  now: Date;
  /** Says that things of a kind and day are ended, before the first is. */
  tell(kind: string, storedAt: Date, limit: Limit): Promise<void>;
}

export function beginWork(now: Date): Work {
  let last: { day: string; told: Promise<void> } | undefined;
  return {
    held: fresh(readHeldThings, heldFor),
    now,
    tell(kind, storedAt, { setting, days }) {
      const day = storedAt.toISOString().slice(0, 10);
      const name = `${kind} ${day}`;
      if (last?.day === name) return last.told;
      const told = putRetentionTombstone({ kind, day, setting, days, since: now.toISOString() });
      last = { day: name, told };
      return told;
    },
  };
}
