import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { job } from "../entities.ts";
import { routerLegacy } from "./legacy.ts";
import { ofJob } from "./members.ts";

export const routerJobDeleted = defineEvent("Microsoft.Communication.RouterJobDeleted", {
  description: "A job was deleted.",
  data: Type.Object({
    ...ofJob,
  }),
  key: ["jobId"],
  usual: ["channelId"],
  legacy: routerLegacy,
  entities: ({ data }) => [job(data.jobId)],
});
