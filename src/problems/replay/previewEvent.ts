import { hash } from "node:crypto";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { identityOf } from "../../events/identity.ts";
import { type Reason, Rejected } from "../../events/rejected.ts";
import { tryAccept } from "../../events/tryAccept.ts";
import type { Job } from "../../intake/jobs.ts";
import { maxJobs } from "../../intake/maxJobs.ts";
import { route } from "../../intake/route.ts";
import { archiveName } from "../../storage/archive.ts";
import { asJson } from "../../storage/asJson.ts";
import { blobState } from "../../storage/blobState.ts";
import type { Redacted } from "../../storage/redacted.ts";
import { previewJob } from "./previewJob.ts";

/** A job that an event asks for, and how it stands. */
export interface PlannedJob {
  job: Job;
  done: boolean;
  says: string;
}

export type EventPreview =
  /** absent: it would be new; kept: it is archived already; erased: somebody had it erased, and it stays so. */
  | { identity: string; state: "absent" | "kept" | "erased"; event: AcsEvent; blob: string; jobs: PlannedJob[] }
  | { identity: string; state: "refused"; reasons: readonly Reason[] };

/**
 * What becomes of an event that is taken in now, by the same code that takes it in. Nothing is written.
 * @param allowedTopics as topicsFor gives them
 * @param redacted of one out of which a person was taken
 */
export async function previewEvent(
  raw: unknown,
  allowedTopics: ReadonlySet<string>,
  redacted?: Redacted,
): Promise<EventPreview> {
  const accepted = tryAccept(raw, { allowedTopics });
  if (accepted instanceof Rejected)
    return { identity: redacted?.identity ?? identityOf(raw), state: "refused", reasons: accepted.reasons };
  const event = { ...accepted, identity: redacted?.identity ?? accepted.identity };
  const { identity } = event;
  const blob = archiveName(event);
  const state = await blobState("events", blob, redacted && hash("sha256", asJson(raw)));
  const jobs = state === "erased" ? [] : route(event, blob).slice(0, maxJobs);
  return { identity, state, event, blob, jobs: await Promise.all(jobs.map((job) => plan(job, event))) };
}

async function plan(job: Job, event: AcsEvent): Promise<PlannedJob> {
  return { job, ...(await previewJob(job.queue, job.message, event)) };
}
