import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { watchOutbox } from "../sms/watchOutbox.ts";

app.storageQueue("watchOutbox", {
  ...onQueue("sms-watches"),
  handler: doJob(watchOutbox, { outboxId: "string", turn: "number" }),
});
