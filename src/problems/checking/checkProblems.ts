// What nobody else would notice: a setting that is wrong, and a problem whose cause went away where no function was called.
import type { InvocationContext } from "@azure/functions";
import { openProblems } from "../../storage/listProblems.ts";
import { readProblem, resolveProblem } from "../../storage/problems.ts";
import { failureOf } from "../../telemetry/failureOf.ts";
import { checkSettings } from "./checkSettings.ts";
import { isGone } from "./isGone.ts";
import { listFormerProblems } from "./listFormerProblems.ts";

/** Milliseconds after which nothing more is begun: the next check comes every ten minutes. */
const budget = 8 * 60_000;

/** Problems of a kind that could not be looked at, after which the rest of the kind is left for the next run. */
const mostTroubles = 100;

type Load = () => Promise<unknown>;

/**
 * @param documents what loads each of the owner's documents
 * @returns the handler of the timer. What is not reached is for its next run; the trouble of one step keeps no other from being taken
 */
export function checkProblems(documents: readonly Load[]) {
  return async (_timer: unknown, context: InvocationContext): Promise<void> => {
    const end = Date.now() + budget;
    const kinds = Object.keys(isGone) as (keyof typeof isGone)[];
    const steps: [name: string, step: () => Promise<void>][] = [
      ["former problems", () => listFormerProblems(end)],
      ["settings", checkSettings],
      ["documents", () => lookAt(documents)],
      ...kinds.map((kind): (typeof steps)[number] => [kind, () => resolveGone(kind, end)]),
    ];
    for (const [name, step] of steps) {
      try {
        await step();
      } catch (error) {
        context.warn(`${name} could not be checked: ${failureOf(error)}`);
      }
    }
  };
}

/** The trouble of one keeps no other from being looked at, as long as it is not that of all. */
async function resolveGone(kind: keyof typeof isGone, end: number): Promise<void> {
  const troubles: unknown[] = [];
  for await (const { id } of openProblems(kind)) {
    if (Date.now() > end || troubles.length >= mostTroubles) break;
    try {
      const problem = await readProblem(id);
      if (problem && (await isGone[kind](problem))) await resolveProblem(id);
    } catch (error) {
      troubles.push(error);
    }
  }
  if (troubles.length > 0) throw troubles[0];
}

/** A document that was mended, and that nobody has asked for since, is looked at: that resolves its problem. */
async function lookAt(documents: readonly Load[]): Promise<void> {
  const { done } = await openProblems("configDocument").next();
  if (!done) await Promise.allSettled(documents.map((load) => load()));
}
