import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { raisePoisoned } from "../intake/raisePoisoned.ts";

app.storageQueue("startAutoRecordingPoison", {
  ...onQueue("recording-starts-poison"),
  handler: raisePoisoned("startAutoRecording"),
});
