import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob } from "./members.ts";

export const routerJobExceptionTriggered = defineEvent("Microsoft.Communication.RouterJobExceptionTriggered", {
  description: "A rule about jobs that go wrong was triggered.",
  data: Type.Object({
    ...ofJob,
    ruleKey: documented("string", "The trigger within the rule"),
    exceptionRuleId: documented("string", "The rule"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
