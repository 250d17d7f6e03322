// What happens to one recording in a run of the chaos runner. It derives from the seed alone.
import type { Fault } from "../acsSimulator/faults.ts";
import type { StorageFault, StorageRequest } from "../azurite/startStorageProxy.ts";

export interface StoryChunk {
  documentId: string;
  index: number;
  bytes: number;
  /** `own`: in storage of the owner. `gone`: ACS never has it. */
  kind: "acs" | "own" | "gone";
}

/** Goes wrong when the app makes its n-th request to storage in this story. */
export type Trouble = { at: number } & (
  | { what: "kill"; instance: number; when: "asked" | "answered" }
  | { what: "storage"; service: StorageRequest["service"]; fault: Exclude<StorageFault, "pass">; requests: number }
  | { what: "purge" }
  | { what: "sweep" }
);

export interface Delivery {
  /** Which of the story's events. */
  event: number;
  /** To which instance of the app it comes. */
  instance: number;
}

export interface Story {
  seed: number;
  recordingId: string;
  chunks: StoryChunk[];
  /** Each event announces chunks by their indexes, in this order. */
  events: number[][];
  /** What is delivered at once; the next comes when all of it was accepted, or when the app has come to rest. */
  deliveries: { together: Delivery[]; rest: boolean }[];
  /** What ACS does wrong. */
  faults: Fault[];
  troubles: Trouble[];
}

/** Whether a story lets the time run out in which ACS keeps a recording. */
export const expires = ({ chunks }: Story): boolean => chunks.some(({ kind }) => kind === "gone");
