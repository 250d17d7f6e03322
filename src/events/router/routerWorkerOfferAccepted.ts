import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job, worker } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { offeredJob, ofOffer } from "./members.ts";

export const routerWorkerOfferAccepted = defineEvent("Microsoft.Communication.RouterWorkerOfferAccepted", {
  description: "A worker accepted a job.",
  data: Type.Object({
    ...ofOffer,
    ...offeredJob,
    assignmentId: documented("string", "The assignment that it became"),
  }),
  key: ["jobId", "workerId"],
  usual: ["offerId"],
  legacy: routerLegacy,
  entities: ({ data }) => [worker(data.workerId), job(data.jobId)],
});
