import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob, priority, selectors } from "./members.ts";

export const routerJobReceived = defineEvent("Microsoft.Communication.RouterJobReceived", {
  description: "A job was created.",
  data: Type.Object({
    ...ofJob,
    jobStatus: documented("string", "PendingClassification, Queued, …"),
    classificationPolicyId: documented("string", "The policy that classifies it"),
    priority,
    requestedWorkerSelectors: selectors("What the job asks of a worker"),
    scheduledOn: documented("string", "When it is due"),
    unavailableForMatching: documented("boolean", "No worker is sought yet"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
