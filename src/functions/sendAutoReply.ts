import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { sendAutoReply } from "../sms/sendAutoReply.ts";

app.storageQueue("sendAutoReply", { ...onQueue("sms-replies"), handler: doJob(sendAutoReply, { event: "string" }) });
