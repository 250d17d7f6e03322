import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { syncOptOut } from "../sms/optOut/syncOptOut.ts";

app.storageQueue("syncOptOut", {
  ...onQueue("sms-opt-outs"),
  handler: doJob(syncOptOut, { ourNumber: "string", theirNumber: "string" }),
});
