import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob, priority } from "./members.ts";

export const routerJobLabelsUpdated = defineEvent("Microsoft.Communication.RouterJobLabelsUpdated", {
  description: "The labels of a job changed. Preview of 2021 only.",
  data: Type.Object({
    ...ofJob,
    jobStatus: documented("string", "PendingClassification, Queued, …"),
    classificationPolicyId: documented("string", "The policy that classifies it"),
    priority,
    labelsAddedOrChanged: documented("object", "What changed"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
