import { openProblems } from "./listProblems.ts";
import type { ProblemKind } from "./problemKinds.ts";
import { resolveProblem } from "./problems.ts";

/** Resolves the open problems of a kind whose cause is gone: all of them, as far as they are not told apart. One call when there are none. */
export async function resolveAll(
  kind: ProblemKind,
  isGone: (id: string) => boolean | Promise<boolean> = () => true,
): Promise<void> {
  for await (const { id } of openProblems(kind)) if (await isGone(id)) await resolveProblem(id);
}
