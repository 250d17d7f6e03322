// The jobs that events cause, and the queues they go through. A job carries identifiers and the event's blob name, never
// content: a queue message holds 48 KB.
import { output } from "@azure/functions";

export interface ReplyJob {
  /** Blob name of the SMSReceived event. */
  event: string;
}

/** A text of the outbox that is to be sent, by hand or again. */
export interface SendJob {
  /** The text's id in the outbox. Not `id`: the host would show it in place of the id of the queue message. */
  outboxId: string;
  /** The row's `turn` that this job is for. */
  turn: number;
  /** Only in jobs that an earlier version put on the queue: the number of ours, and whom the text goes to. */
  from?: string;
  to?: string;
}

/** A look at a sent text, once its delivery report is overdue. */
export type WatchJob = SendJob;

export interface OptOutJob {
  ourNumber: string;
  theirNumber: string;
}

export interface DownloadJob {
  /** Blob name of the RecordingFileStatusUpdated event. */
  event: string;
  /** Which of its chunks: the position in recordingChunks. */
  chunk: number;
  /** The chunk's `turn` in the ledger that this job is for; an event's own job, which has none, is for the first. */
  turn?: number;
}

export interface RecordingStartJob {
  /** Blob name of the CallStarted, CallConnected or CallLegStateChanged event. */
  event: string;
}

export interface RelayJob {
  /** Blob name of the RecordingStateChanged event. */
  event: string;
}

/** A part of what is exported about a person. */
export interface PersonExportJob {
  /** Not `id`: the host would show it in place of the id of the queue message. */
  exportId: string;
  /** Which zip is to be made, from 1. */
  part: number;
}

export interface ErasureJob {
  /** Not `id`, as above. */
  erasure: string;
  /** The erasure's `turn` in the ledger that this job is for. */
  turn: number;
}

export type Job =
  | { queue: "sms-replies"; message: ReplyJob }
  | { queue: "recording-downloads"; message: DownloadJob }
  | { queue: "recording-starts"; message: RecordingStartJob }
  | { queue: "recording-relays"; message: RelayJob };

/** Queues of jobs that no event asks for: the app hands them to itself. */
type OwnQueue = "sms-sends" | "sms-watches" | "sms-opt-outs" | "person-exports" | "person-erasures";
type Queue = Job["queue"] | OwnQueue;

/** What a trigger or output on one of the app's queues is made with. */
export function onQueue(queueName: Queue | `${Queue}-poison`) {
  return { queueName, connection: "AzureWebJobsStorage" };
}

export const queues = {
  "sms-replies": output.storageQueue(onQueue("sms-replies")),
  "recording-downloads": output.storageQueue(onQueue("recording-downloads")),
  "recording-starts": output.storageQueue(onQueue("recording-starts")),
  "recording-relays": output.storageQueue(onQueue("recording-relays")),
} satisfies Record<Job["queue"], unknown>;

/** The outputs of every function that hands out jobs. */
export const jobQueues = Object.values(queues);
