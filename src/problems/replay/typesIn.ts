import { problemId, readProblem, resolveProblem } from "../../storage/problems.ts";
import { unknownTypeProblem } from "../../storage/quarantineProblem.ts";
import type { Replayed } from "./replayEvent.ts";
import type { Span } from "./replaySpan.ts";

const namespace = "Microsoft.Communication.";

/**
 * One problem stands for all events of a type that an earlier version did not know. It is resolved when a span that has all of them took
 * them in.
 */
export function typesIn(span: Span) {
  // As many as there are definitions, and among the refused no more than this.
  const most = 1000;
  const taken = new Set<string>();
  const refused = new Set<string>();
  return {
    note(events: readonly Replayed[]): void {
      for (const { type = "", outcome } of events) {
        const types = outcome === "refused" ? refused : taken;
        if (types.size < most) types.add(type);
      }
    },
    async settle(): Promise<void> {
      const whole = span.commit && span.source === "quarantine" && !span.family && span.to > Date.now() - 60_000;
      if (!whole || refused.size === most) return;
      for (const type of taken) {
        if (refused.has(type)) continue;
        const id = problemId(unknownTypeProblem(namespace + type));
        const problem = await readProblem(id);
        if (problem && problem.firstSeen.getTime() >= span.from) await resolveProblem(id);
      }
    },
  };
}
