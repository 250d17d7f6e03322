import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob, selectors } from "./members.ts";

export const routerJobWorkerSelectorsExpired = defineEvent("Microsoft.Communication.RouterJobWorkerSelectorsExpired", {
  description: "What a job asks of a worker expired.",
  aliases: ["Microsoft.Communication.RouterJobWorkerSelectorsExpire"],
  data: Type.Object({
    ...ofJob,
    expiredRequestedWorkerSelectors: selectors("Selectors of the job that no longer hold"),
    expiredAttachedWorkerSelectors: selectors("Selectors of the policy that no longer hold"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
