import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job, worker } from "../entities.ts";
import { routerLegacy } from "./legacy.ts";
import { assignment, ofJob } from "./members.ts";

export const routerJobUnassigned = defineEvent("Microsoft.Communication.RouterJobUnassigned", {
  description: "A job was taken from its worker.",
  data: Type.Object({
    ...ofJob,
    ...assignment,
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId), worker(data.workerId)],
});
