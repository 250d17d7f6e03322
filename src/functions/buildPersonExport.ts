import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { buildExport } from "../people/exports/buildExport.ts";

app.storageQueue("buildPersonExport", {
  ...onQueue("person-exports"),
  handler: doJob(buildExport, { exportId: "string", part: "number" }),
});
