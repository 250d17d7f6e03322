import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";

app.storageQueue("buildPersonExport", {
  ...onQueue("person-exports"),
  handler: doJob(
    atFirstCall((all) => all.buildExport),
    { exportId: "string", part: "number" },
  ),
});
