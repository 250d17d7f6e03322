import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { scheduledJobLegacy } from "./legacy.ts";
import { ofJob, priority, selectors } from "./members.ts";

export const routerJobSchedulingFailed = defineEvent("Microsoft.Communication.RouterJobSchedulingFailed", {
  description: "A job could not be scheduled.",
  data: Type.Object({
    ...ofJob,
    priority,
    expiredRequestedWorkerSelectors: selectors("Selectors of the job that no longer hold"),
    expiredAttachedWorkerSelectors: selectors("Selectors of the policy that no longer hold"),
    scheduledOn: documented("string", "When it is due"),
    failureReason: documented("string", "Why"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: scheduledJobLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
