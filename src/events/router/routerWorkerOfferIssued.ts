import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job, worker } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { offeredJob, ofOffer } from "./members.ts";

export const routerWorkerOfferIssued = defineEvent("Microsoft.Communication.RouterWorkerOfferIssued", {
  description: "A job was offered to a worker.",
  data: Type.Object({
    ...ofOffer,
    ...offeredJob,
    offeredOn: documented("string", "When"),
    expiresOn: documented("string", "Until when"),
  }),
  key: ["jobId", "workerId"],
  usual: ["offerId"],
  legacy: routerLegacy,
  entities: ({ data }) => [worker(data.workerId), job(data.jobId)],
});
