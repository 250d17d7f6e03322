import type { Reason } from "../events/rejected.ts";
import { countProblem } from "../storage/countProblem.ts";
import { type Problem, raiseProblem } from "../storage/problems.ts";
import { quarantineProblem, unknownTypeProblem } from "../storage/quarantineProblem.ts";

/** Reasons that a problem tells of; the blob has all of them. */
const told = 3;

/** Says that an event is in quarantine: a problem for each, but one for all events of a type that is not known. */
export async function noteRefused(
  reasons: readonly Reason[],
  { blob, created }: { blob: string; created: boolean },
): Promise<void> {
  const source = { container: "quarantine", blob } as const;
  const unknown = reasons.find(({ code }) => code === "ACS_EVENTS_UNKNOWN_TYPE");
  if (unknown) {
    const advice =
      "They are in quarantine; one of the newest is named here. If they are none of ACS, leave their type out of the subscription. If ACS sends them, install a version of the app that knows them, then replay them.";
    const of = (type: string) => ({ ...unknownTypeProblem(type), advice, source });
    return countProblem(of(unknown.found), created ? 1 : 0, of("(further types)"));
  }
  const why = reasons
    .slice(0, told)
    .map(
      ({ code, pointer, expected, found }) =>
        `${code} at ${pointer || "the event"}: expected ${expected}, found ${found}`,
    );
  const problem: Problem = {
    ...quarantineProblem(blob),
    advice: `${why.join("; ")}. Look at the blob; correct its sender or the setting that refuses it, then replay it. docs/errors.md explains the codes.`,
    source,
  };
  await raiseProblem(problem, { isNew: created });
}
