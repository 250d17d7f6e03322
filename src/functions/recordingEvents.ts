import { app } from "@azure/functions";
import { announceCall } from "../calls/record/announceCall.ts";
import { inTurn } from "../intake/inTurn.ts";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";
import { announceRecording } from "../recordings/announceRecording.ts";

app.eventGrid("recordingEvents", {
  handler: receive("recording", inTurn(announceRecording, announceCall)),
  extraOutputs: jobQueues,
});
