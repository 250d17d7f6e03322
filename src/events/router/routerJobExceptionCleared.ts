import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob } from "./members.ts";

export const routerJobExceptionCleared = defineEvent("Microsoft.Communication.RouterJobExceptionCleared", {
  description: "A rule about jobs that go wrong no longer holds. Preview of 2021 only.",
  data: Type.Object({
    ...ofJob,
    ruleKey: documented("string", "The trigger within the rule"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
