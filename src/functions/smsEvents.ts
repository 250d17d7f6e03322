import { app } from "@azure/functions";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";

app.eventGrid("smsEvents", { handler: receive("sms"), extraOutputs: jobQueues });
