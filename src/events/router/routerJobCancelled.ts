import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob } from "./members.ts";

export const routerJobCancelled = defineEvent("Microsoft.Communication.RouterJobCancelled", {
  description: "A job was cancelled.",
  data: Type.Object({
    ...ofJob,
    note: documented("string", "Why"),
    dispositionCode: documented("string", "How it ended"),
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
