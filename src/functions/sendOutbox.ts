import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { sendOutbox } from "../sms/sendOutbox.ts";

app.storageQueue("sendOutbox", {
  ...onQueue("sms-sends"),
  handler: doJob(sendOutbox, { outboxId: "string", turn: "number" }),
});
