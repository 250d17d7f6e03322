import { checkSettings as stateOfSettings } from "../../config.ts";
import { type ProblemName, problemId, raiseProblem } from "../../storage/problems.ts";
import { resolveAll } from "../../storage/resolveAll.ts";

/** Raises a problem for each setting that is wrong, and resolves those of settings that are not any more. */
export async function checkSettings(): Promise<void> {
  const wrong = new Set<string>();
  for (const [name, state] of Object.entries(stateOfSettings())) {
    if (state === "valid") continue;
    const problem: ProblemName = { kind: "setting", cause: `Setting ${name} cannot be used`, raw: name };
    await raiseProblem({ ...problem, advice: `${state} Only what needs the setting stands still.` });
    wrong.add(problemId(problem));
  }
  await resolveAll("setting", (id) => !wrong.has(id));
}
