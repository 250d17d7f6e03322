import { app } from "@azure/functions";
import { receiveIncomingCall } from "../calls/incoming/receiveIncomingCall.ts";
import { announceCall } from "../calls/record/announceCall.ts";
import { jobQueues } from "../intake/jobs.ts";

app.eventGrid("incomingCallEvents", { handler: receiveIncomingCall(announceCall), extraOutputs: jobQueues });
