import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { relayRecordingState } from "../recordings/control/relayRecordingState.ts";

app.storageQueue("relayRecordingState", {
  ...onQueue("recording-relays"),
  handler: doJob(relayRecordingState, { event: "string" }),
});
