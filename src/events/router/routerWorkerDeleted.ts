import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job, worker } from "../entities.ts";
import { text } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { channelMembers, ofWorker } from "./members.ts";

export const routerWorkerDeleted = defineEvent("Microsoft.Communication.RouterWorkerDeleted", {
  description: "A worker was deleted. The samples carry the worker, the specification the job that it was bound to.",
  data: Type.Object({
    ...ofWorker,
    jobId: text("The job"),
    ...channelMembers,
  }),
  key: ["workerId"],
  legacy: routerLegacy,
  entities: ({ data }) => [worker(data.workerId), job(data.jobId)],
});
