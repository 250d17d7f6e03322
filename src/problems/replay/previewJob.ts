// What a job would do if it were done now, by what the ledger says of it.
import { accept } from "../../events/accept.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { isObject, type JsonObject } from "../../events/json.ts";
import type { JobPreview } from "../../intake/jobPreview.ts";
import type { SendJob } from "../../intake/jobs.ts";
import { previewErasure } from "../../people/erasure/previewErasure.ts";
import { previewExport } from "../../people/exports/previewExport.ts";
import { previewDownload } from "../../recordings/archiving/previewDownload.ts";
import { previewRelay } from "../../recordings/control/previewRelay.ts";
import { previewStart } from "../../recordings/control/previewStart.ts";
import { previewSend } from "../../sms/outbox/previewSend.ts";
import { turnOf } from "../../sms/outbox/textTurn.ts";
import { previewReply } from "../../sms/previewReply.ts";
import { readJsonBlob } from "../../storage/readJsonBlob.ts";
import { isStub } from "../../storage/stub.ts";

/** Jobs that events cause, by queue. */
const ofEvents: Record<string, (event: AcsEvent, job: JsonObject) => Promise<JobPreview>> = {
  "sms-replies": previewReply,
  "recording-downloads": (event, { chunk, turn }) =>
    previewDownload(event, Number(chunk), typeof turn === "number" ? turn : 0),
  "recording-starts": previewStart,
  "recording-relays": previewRelay,
};

/** Jobs that no event is needed for, by queue. */
const ofThemselves: Record<string, (job: JsonObject) => Promise<JobPreview>> = {
  "person-erasures": previewErasure,
  "person-exports": previewExport,
  "sms-sends": ofText,
};

/** The job's event is of another type than its queue is for, or is none. */
const unfit: ReadonlySet<string> = new Set(["ACS_EVENTS_REJECTED", "ACS_EVENTS_NOT_A_JOB"]);

/** Of other jobs nothing is known but that doing one twice is as good as doing it once. */
const unknown: JobPreview = { done: false, says: "put back on its queue" };

/**
 * What a job would do now. Nothing is written.
 * @param event of the job, if it is at hand
 */
export async function previewJob(queue: string, job: unknown, event?: AcsEvent): Promise<JobPreview> {
  if (!isObject(job)) return unknown;
  const preview = ofEvents[queue];
  if (preview) return event ? preview(event, job) : ofArchived(job.event, (found) => preview(found, job));
  return ofThemselves[queue]?.(job) ?? unknown;
}

async function ofText(job: JsonObject): Promise<JobPreview> {
  if (!isSendJob(job)) return unknown;
  const text = await turnOf(job);
  return (text && (await previewSend(text))) ?? { done: true, says: "the text is not in the outbox" };
}

function isSendJob(job: JsonObject): job is JsonObject & SendJob {
  const { from = "", to = "", outboxId, turn } = job;
  return [from, to, outboxId].every((text) => typeof text === "string") && typeof turn === "number";
}

async function ofArchived(blob: unknown, preview: (event: AcsEvent) => Promise<JobPreview>): Promise<JobPreview> {
  const found = typeof blob === "string" && blob ? await readJsonBlob("events", blob) : ({ not: "there" } as const);
  if ("not" in found) return { done: false, says: "its event is not in the archive" };
  if (isStub(found.json)) return { done: true, says: "its event was erased" };
  try {
    return await preview(accept(found.json));
  } catch (error) {
    if (!(error instanceof AcsEventsError) || !unfit.has(error.code)) throw error;
    return { done: false, says: "its event does not fit it" };
  }
}
