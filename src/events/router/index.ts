import { routerJobCancelled } from "./routerJobCancelled.ts";
import { routerJobClassificationFailed } from "./routerJobClassificationFailed.ts";
import { routerJobClassified } from "./routerJobClassified.ts";
import { routerJobClosed } from "./routerJobClosed.ts";
import { routerJobCompleted } from "./routerJobCompleted.ts";
import { routerJobDeleted } from "./routerJobDeleted.ts";
import { routerJobExceptionCleared } from "./routerJobExceptionCleared.ts";
import { routerJobExceptionTriggered } from "./routerJobExceptionTriggered.ts";
import { routerJobLabelsUpdated } from "./routerJobLabelsUpdated.ts";
import { routerJobQueued } from "./routerJobQueued.ts";
import { routerJobReceived } from "./routerJobReceived.ts";
import { routerJobSchedulingFailed } from "./routerJobSchedulingFailed.ts";
import { routerJobUnassigned } from "./routerJobUnassigned.ts";
import { routerJobWaitingForActivation } from "./routerJobWaitingForActivation.ts";
import { routerJobWorkerSelectorsExpired } from "./routerJobWorkerSelectorsExpired.ts";
import { routerWorkerDeleted } from "./routerWorkerDeleted.ts";
import { routerWorkerDeregistered } from "./routerWorkerDeregistered.ts";
import { routerWorkerOfferAccepted } from "./routerWorkerOfferAccepted.ts";
import { routerWorkerOfferDeclined } from "./routerWorkerOfferDeclined.ts";
import { routerWorkerOfferExpired } from "./routerWorkerOfferExpired.ts";
import { routerWorkerOfferIssued } from "./routerWorkerOfferIssued.ts";
import { routerWorkerOfferRevoked } from "./routerWorkerOfferRevoked.ts";
import { routerWorkerRegistered } from "./routerWorkerRegistered.ts";
import { routerWorkerUpdated } from "./routerWorkerUpdated.ts";

/** Job router: 15 types about jobs, 9 about workers. */
export const routerEvents = [
  routerJobReceived,
  routerJobClassified,
  routerJobQueued,
  routerJobClassificationFailed,
  routerJobCompleted,
  routerJobClosed,
  routerJobCancelled,
  routerJobExceptionTriggered,
  routerJobExceptionCleared,
  routerJobLabelsUpdated,
  routerJobWorkerSelectorsExpired,
  routerJobUnassigned,
  routerJobWaitingForActivation,
  routerJobSchedulingFailed,
  routerJobDeleted,
  routerWorkerOfferIssued,
  routerWorkerOfferAccepted,
  routerWorkerOfferDeclined,
  routerWorkerOfferRevoked,
  routerWorkerOfferExpired,
  routerWorkerRegistered,
  routerWorkerUpdated,
  routerWorkerDeregistered,
  routerWorkerDeleted,
];
