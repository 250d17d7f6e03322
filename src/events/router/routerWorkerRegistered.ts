import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { worker } from "../entities.ts";
import { routerLegacy } from "./legacy.ts";
import { ofWorker } from "./members.ts";

export const routerWorkerRegistered = defineEvent("Microsoft.Communication.RouterWorkerRegistered", {
  description: "A worker takes work.",
  data: Type.Object({
    ...ofWorker,
  }),
  key: ["workerId"],
  legacy: routerLegacy,
  entities: ({ data }) => [worker(data.workerId)],
});
