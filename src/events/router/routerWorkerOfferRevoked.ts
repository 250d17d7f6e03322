import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job, worker } from "../entities.ts";
import { routerLegacy } from "./legacy.ts";
import { ofOffer } from "./members.ts";

export const routerWorkerOfferRevoked = defineEvent("Microsoft.Communication.RouterWorkerOfferRevoked", {
  description: "An offer was taken back.",
  data: Type.Object({
    ...ofOffer,
  }),
  key: ["jobId", "workerId"],
  usual: ["offerId"],
  legacy: routerLegacy,
  entities: ({ data }) => [worker(data.workerId), job(data.jobId)],
});
