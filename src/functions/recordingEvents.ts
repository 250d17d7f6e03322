import { app } from "@azure/functions";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";

app.eventGrid("recordingEvents", { handler: receive("recording"), extraOutputs: jobQueues });
