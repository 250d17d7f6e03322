import { app } from "@azure/functions";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";
import { announceRecording } from "../recordings/announceRecording.ts";

app.eventGrid("recordingEvents", { handler: receive("recording", announceRecording), extraOutputs: jobQueues });
