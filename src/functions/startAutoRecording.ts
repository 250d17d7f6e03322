import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { startAutoRecording } from "../recordings/control/startAutoRecording.ts";

app.storageQueue("startAutoRecording", {
  ...onQueue("recording-starts"),
  handler: doJob(startAutoRecording, { event: "string" }),
});
