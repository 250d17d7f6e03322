// What the app itself found wrong with its installation, and put on its list of problems. What is about one event or one text is not told: that
// one text was not delivered is no fault of the installation.
import { listProblems } from "../../src/storage/listProblems.ts";
import type { ProblemKind } from "../../src/storage/problemKinds.ts";
import { type Check, ok, problem, type Said } from "./finding.ts";
import { storageFailure } from "./storageFailure.ts";

const kinds: readonly ProblemKind[] = [
  ...(["setting", "configDocument", "autoRecordConsent", "smsBudget"] as const),
  ...(["smsCredentials", "recordingCredentials"] as const),
  ...(["poisonedJob", "failedJob", "deadLetter", "unknownEventType"] as const),
  ...(["optOutNotNoted", "optOutNotMirrored"] as const),
  ...(["recordingLate", "recordingFailed", "recordingExpired", "recordingDamaged", "recordingIncomplete"] as const),
  ...(["recordingNotAnnounced", "recordingPaused", "recordingStartUncertain"] as const),
  ...(["sealFailed", "sealBroken", "retentionFailed"] as const),
];

/** Problems of a kind that are counted; more are "100 or more". */
const most = 100;

/** How many problems of a kind are open, up to `most`. */
export type CountOpen = (kind: ProblemKind, most: number) => Promise<number>;

/** Reads the table of problems. */
export const problemsInStorage: Check = openProblems(async (kind, pageSize) => {
  return (await listProblems({ kinds: [kind], state: "open", from: 0, to: 9e13, pageSize })).value.length;
});

export function openProblems(count: CountOpen): Check {
  return {
    name: "open problems",
    look: async () => {
      try {
        const counted = await Promise.all(kinds.map(async (kind) => ({ kind, found: await count(kind, most) })));
        const there = counted.filter(({ found }) => found > 0);
        return there.length === 0 ? [ok("none that is about the installation")] : there.map(tell);
      } catch (error) {
        return [storageFailure(error, "table", "read the table of problems")];
      }
    },
  };
}

function tell({ kind, found }: { kind: ProblemKind; found: number }): Said {
  const many = found >= most ? `${most} or more` : String(found);
  return problem(
    `${many} of kind ${kind} (docs/problems.md)`,
    `curl "$APP/api/problems?kind=${kind}" has the advice for each`,
  );
}
