import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job, worker } from "../entities.ts";
import { routerLegacy } from "./legacy.ts";
import { assignment, ofJob } from "./members.ts";

export const routerJobCompleted = defineEvent("Microsoft.Communication.RouterJobCompleted", {
  description: "A worker completed a job.",
  data: Type.Object({
    ...ofJob,
    ...assignment,
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId), worker(data.workerId)],
});
