import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { worker } from "../entities.ts";
import { text } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";

export const routerWorkerDeregistered = defineEvent("Microsoft.Communication.RouterWorkerDeregistered", {
  description: "A worker takes no more work.",
  data: Type.Object({
    workerId: text("The worker"),
  }),
  key: ["workerId"],
  legacy: routerLegacy,
  entities: ({ data }) => [worker(data.workerId)],
});
