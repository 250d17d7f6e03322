import type { HeldThings } from "../people/holds/heldThings.ts";
import { putRetentionTombstone } from "../storage/retentionTombstones.ts";
import type { Limit } from "./limits.ts";

/** held: by a legal hold; unsettled: something is still to be done with it. */
export type Outcome = "ended" | "held" | "unsettled";

/** What a run of retention knows. */
export interface Work {
  held: HeldThings;
  now: Date;
  /** Says that things of a kind and day are ended, before the first is. */
  tell(kind: string, storedAt: Date, limit: Limit): Promise<void>;
}

export function beginWork(held: HeldThings, now: Date): Work {
  let last: { day: string; told: Promise<void> } | undefined;
  return {
    held,
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
