import { put, read } from "../../storage/ledger.ts";
import type { ProblemRow } from "../../storage/problemRows.ts";
import { openLetterKey } from "./openLetters.ts";

/** Has the sweep look again at a dead letter that a person put back on the list; what lies astray does not settle by itself. */
export async function lookAgainAt(problem: ProblemRow): Promise<void> {
  const { sourceContainer, sourceBlob: blob } = problem;
  if (sourceContainer !== "dead-letters" || blob === undefined || problem.state !== "open") return;
  if (!(await read(["deadLetterAstray", blob]))) await put(openLetterKey(blob), { blob, taken: "" });
}
