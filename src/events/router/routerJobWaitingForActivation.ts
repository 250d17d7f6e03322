import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { scheduledJobLegacy } from "./legacy.ts";
import { ofJob, priority, selectors } from "./members.ts";

export const routerJobWaitingForActivation = defineEvent("Microsoft.Communication.RouterJobWaitingForActivation", {
  description: "A scheduled job is due and waits to be activated.",
  data: Type.Object({
    ...ofJob,
    priority,
    expiredRequestedWorkerSelectors: selectors("Selectors of the job that no longer hold"),
    expiredAttachedWorkerSelectors: selectors("Selectors of the policy that no longer hold"),
    scheduledOn: documented("string", "When it is due"),
    unavailableForMatching: documented("boolean", "No worker is sought yet"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: scheduledJobLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
