import type { ContainerName } from "../../storage/blobs.ts";
import { type ProblemName, problemId, readProblem } from "../../storage/problems.ts";
import { quarantineProblem, unknownTypeProblem } from "../../storage/quarantineProblem.ts";
import { deadLetterProblem } from "../deadLetters/deadLetterProblem.ts";
import { rawEvents } from "./rawEvents.ts";
import { typeIn } from "./typeIn.ts";

/** Whether a person said that a blob of dead letters, an event in quarantine, or all events of its type do not matter. */
export async function isDismissed(container: ContainerName, blob: string): Promise<boolean> {
  if (container === "dead-letters") return (await stateOf(deadLetterProblem(blob))) === "dismissed";
  if (container !== "quarantine") return false;
  const state = await stateOf(quarantineProblem(blob));
  if (state !== undefined) return state === "dismissed";
  // Of a type that was not known there is one problem for all.
  const found = await rawEvents(container, blob);
  const [event] = "none" in found ? [] : found.events;
  return event !== undefined && (await stateOf(unknownTypeProblem(typeIn(event.raw)))) === "dismissed";
}

async function stateOf(problem: ProblemName) {
  return (await readProblem(problemId(problem)))?.state;
}
