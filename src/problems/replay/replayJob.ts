import { isObject } from "../../events/json.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { previewJob } from "./previewJob.ts";

/** Milliseconds until a job that was put back can run: by then its problem is resolved, and failing again opens it. */
const grace = 5_000;

export interface ReplayedJob {
  queue: string;
  /** Its work was done already. */
  done: boolean;
  says: string;
  /** It is on its queue again, or would be. */
  putBack: boolean;
}

/** Puts a job that failed back on its queue as it was, unless its work is done. */
export async function replayJob(queue: string, message: string, commit: boolean): Promise<ReplayedJob> {
  const job = parsed(message);
  if (!isObject(job)) return { queue, done: false, says: "it is no job of this app", putBack: false };
  const { done, says } = await previewJob(queue, job);
  if (commit && !done) await enqueue(queue, job, grace);
  return { queue, done, says, putBack: !done };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
