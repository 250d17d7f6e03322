// An event once more through the corridor, by the way of its family; what its ledger rows say was done is not done again.
import { announce } from "../../announce.ts";
import { plainName } from "../../events/plainName.ts";
import { takeIn } from "../../intake/receive.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { type EventPreview, type PlannedJob, previewEvent } from "./previewEvent.ts";
import type { RawEvent } from "./rawEvents.ts";
import { topicsFor } from "./topicsFor.ts";
import { typeIn } from "./typeIn.ts";

export interface Replayed {
  identity: string;
  /**
   * accepted: it is new to the archive. again: it was archived, and has jobs that are not done. done: it was archived, and nothing of
   * it is left. refused: it cannot be accepted, and stays or goes in quarantine. erased: somebody had it erased, and it stays so.
   */
  outcome: "accepted" | "again" | "done" | "refused" | "erased";
  /** Type without its namespace, blob name in container `events`. */
  type?: string;
  blob?: string;
  /** Why it is refused: code and pointer. */
  reasons?: string[];
  jobs: { queue: string; done: boolean; says: string }[];
}

/**
 * Replays one event. An incoming call is recorded only: nobody acts on a call that rang long ago.
 * @param commit false: nothing is written, and the answer says what would happen
 * @throws only what a retry may cure: storage down, a setting that a family cannot do without
 */
export async function replayEvent(event: RawEvent, commit: boolean): Promise<Replayed> {
  const { raw, redacted, family, quarantine } = event;
  const allowedTopics = topicsFor(event);
  const preview = await previewEvent(raw, allowedTopics, redacted);
  if (preview.state === "refused") {
    if (commit && quarantine) await takeIn(raw, { family: family ?? "call", allowedTopics, redacted });
  } else if (commit && preview.state !== "erased") {
    const door = { family: family ?? preview.event.family, allowedTopics, announce, redacted };
    const { jobs } = await takeIn(raw, door);
    const done = new Set(preview.jobs.filter((job) => job.done).map(({ job }) => JSON.stringify(job)));
    for (const job of jobs) if (!done.has(JSON.stringify(job))) await enqueue(job.queue, job.message);
  }
  return replayedOf(preview, raw);
}

function replayedOf(preview: EventPreview, raw: unknown): Replayed {
  const { identity, state } = preview;
  if (state === "refused") {
    const reasons = preview.reasons.map(({ code, pointer }) => `${code} ${pointer}`);
    const type = plainName(typeIn(raw).replace(/^Microsoft\.Communication\./i, ""));
    return { identity, outcome: "refused", type, reasons, jobs: [] };
  }
  const { event, blob } = preview;
  const jobs = preview.jobs.map(({ job: { queue }, done, says }: PlannedJob) => ({ queue, done, says }));
  const left = jobs.some(({ done }) => !done);
  const outcome = state === "absent" ? "accepted" : state === "erased" ? "erased" : left ? "again" : "done";
  return { identity, outcome, type: event.name, blob, jobs };
}
