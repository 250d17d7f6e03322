import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job, worker } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { assignment, ofJob } from "./members.ts";

export const routerJobClosed = defineEvent("Microsoft.Communication.RouterJobClosed", {
  description: "A completed job was closed.",
  data: Type.Object({
    ...ofJob,
    ...assignment,
    dispositionCode: documented("string", "How it ended"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId), worker(data.workerId)],
});
