import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { runErasure } from "../people/erasure/runErasure.ts";

app.storageQueue("runErasure", {
  ...onQueue("person-erasures"),
  handler: doJob(runErasure, { erasure: "string", turn: "number" }),
});
