import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { raisePoisoned } from "../intake/raisePoisoned.ts";

app.storageQueue("downloadRecordingPoison", {
  ...onQueue("recording-downloads-poison"),
  handler: raisePoisoned("downloadRecording"),
});
