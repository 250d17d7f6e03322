import { app } from "@azure/functions";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";

app.eventGrid("routerEvents", { handler: receive("router"), extraOutputs: jobQueues });
