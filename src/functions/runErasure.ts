import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";

app.storageQueue("runErasure", {
  ...onQueue("person-erasures"),
  handler: doJob(
    atFirstCall((all) => all.runErasure),
    { erasure: "string", turn: "number" },
  ),
});
