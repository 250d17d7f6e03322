import { app } from "@azure/functions";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";
import { announceSms } from "../sms/announceSms.ts";

app.eventGrid("smsEvents", { handler: receive("sms", announceSms), extraOutputs: jobQueues });
