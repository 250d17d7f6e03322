import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { worker } from "../entities.ts";
import { documented } from "../fields.ts";
import { routerLegacy } from "./legacy.ts";
import { ofWorker } from "./members.ts";

export const routerWorkerUpdated = defineEvent("Microsoft.Communication.RouterWorkerUpdated", {
  description: "A worker changed.",
  data: Type.Object({
    ...ofWorker,
    updatedWorkerProperties: documented(
      "array",
      "AvailableForOffers, TotalCapacity, QueueAssignments, Labels, Tags, ChannelConfigurations",
    ),
  }),
  key: ["workerId"],
  legacy: routerLegacy,
  entities: ({ data }) => [worker(data.workerId)],
});
