import { app } from "@azure/functions";
import { announce } from "../announce.ts";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";

app.eventGrid("emailEvents", { handler: receive("email", announce), extraOutputs: jobQueues });
