import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob } from "./members.ts";

export const routerJobClassificationFailed = defineEvent("Microsoft.Communication.RouterJobClassificationFailed", {
  description: "A job could not be classified.",
  data: Type.Object({
    ...ofJob,
    classificationPolicyId: documented("string", "The policy that classifies it"),
    errors: documented("array", "Why", {
      code: documented("string", "Code"),
      message: documented("string", "In words"),
      target: documented("string", "What it is about"),
      innererror: documented("object", "What caused it"),
      details: documented("array", "More errors"),
    }),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
