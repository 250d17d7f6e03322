import { app } from "@azure/functions";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";

app.eventGrid("emailEvents", { handler: receive("email"), extraOutputs: jobQueues });
