// Members that the job router events share. The app reads the ids; the rest is kept.
import { documented, text } from "../fields.ts";

export const channelMembers = {
  channelReference: documented("string", "What the application calls the work"),
  channelId: documented("string", "The channel"),
};

/** Every event about a job. */
export const ofJob = {
  jobId: text("The job, a GUID"),
  ...channelMembers,
  queueId: documented("string", "The queue; empty or absent with a classification policy"),
  labels: documented("object", "Labels of the job"),
  tags: documented("object", "Tags of the job; since 2023"),
};

export const priority = documented("number", "Higher comes first");

export const assignment = {
  assignmentId: documented("string", "The assignment; may be empty"),
  workerId: text("The worker; may be empty"),
};

export function selectors(description: string) {
  return documented("array", description, {
    key: documented("string", "Label of the worker"),
    labelOperator: documented("string", "Equal, NotEqual, LessThan, …"),
    value: documented("any", "What to compare it with"),
    ttlSeconds: documented("number", "How long it holds, in seconds"),
    ttl: documented("string", "The same in years or months, which are no number of seconds"),
    state: documented("string", "active or expired"),
    expirationTime: documented("string", "When it stops to hold"),
  });
}

export const queueMembers = {
  id: documented("string", "The queue"),
  name: documented("string", "Its name"),
  labels: documented("object", "Its labels"),
};

/** Every event about an offer of a job to a worker. */
export const ofOffer = {
  jobId: text("The job, a GUID"),
  workerId: text("The worker"),
  ...channelMembers,
  queueId: documented("string", "The queue"),
  offerId: documented("string", "The offer"),
};

export const offeredJob = {
  jobPriority: documented("number", "Higher comes first"),
  jobLabels: documented("object", "Labels of the job"),
  jobTags: documented("object", "Tags of the job"),
  workerLabels: documented("object", "Labels of the worker"),
  workerTags: documented("object", "Tags of the worker"),
};

/** A worker as a whole. */
export const ofWorker = {
  workerId: text("The worker"),
  queueAssignments: documented("array", "The queues that it serves", {
    ...queueMembers,
    maxNumberOfJobs: documented("number", "In one example"),
  }),
  channelConfigurations: documented("array", "What it can take at once", {
    channelId: documented("string", "The channel"),
    capacityCostPerJob: documented("number", "How much of its capacity a job takes"),
    maxNumberOfJobs: documented("number", "At most so many jobs"),
  }),
  totalCapacity: documented("number", "Its capacity"),
  labels: documented("object", "Its labels"),
  tags: documented("object", "Its tags"),
  maxNumberOfJobs: documented("number", "In one example here"),
};
