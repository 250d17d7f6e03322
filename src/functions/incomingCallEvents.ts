import { app } from "@azure/functions";
import { announce } from "../announce.ts";
import { receiveIncomingCall } from "../calls/incoming/receiveIncomingCall.ts";
import { jobQueues } from "../intake/jobs.ts";

app.eventGrid("incomingCallEvents", { handler: receiveIncomingCall(announce), extraOutputs: jobQueues });
