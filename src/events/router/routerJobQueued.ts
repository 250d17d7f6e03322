import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob, priority, selectors } from "./members.ts";

export const routerJobQueued = defineEvent("Microsoft.Communication.RouterJobQueued", {
  description: "A job stands in a queue.",
  data: Type.Object({
    ...ofJob,
    priority,
    attachedWorkerSelectors: selectors("What the classification policy asks of a worker"),
    requestedWorkerSelectors: selectors("What the job asks of a worker"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
