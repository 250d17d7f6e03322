import { app } from "@azure/functions";
import { announceCall } from "../calls/record/announceCall.ts";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";

app.eventGrid("incomingCallEvents", { handler: receive("incomingCall", announceCall), extraOutputs: jobQueues });
