import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob, priority, queueMembers, selectors } from "./members.ts";

export const routerJobClassified = defineEvent("Microsoft.Communication.RouterJobClassified", {
  description: "A job was classified.",
  data: Type.Object({
    ...ofJob,
    queueDetails: documented("object", "The queue that it goes to", queueMembers),
    classificationPolicyId: documented("string", "The policy that classifies it"),
    priority,
    attachedWorkerSelectors: selectors("What the classification policy asks of a worker"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
