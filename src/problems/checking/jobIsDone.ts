import type { ProblemRow } from "../../storage/problemRows.ts";
import { sourceOf } from "../../storage/problemSource.ts";
import { replayJob } from "../replay/replayJob.ts";

/** Whether the work of a job that failed was done after all, by another job or by hand: a replay would have nothing to do. */
export async function jobIsDone(problem: ProblemRow): Promise<boolean> {
  const source = sourceOf(problem);
  return source !== undefined && "queue" in source && (await replayJob(source.queue, source.message, false)).done;
}
