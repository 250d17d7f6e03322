import { app } from "@azure/functions";
import { doJob } from "../intake/doJob.ts";
import { onQueue } from "../intake/jobs.ts";
import { downloadRecording } from "../recordings/archiving/downloadRecording.ts";

app.storageQueue("downloadRecording", {
  ...onQueue("recording-downloads"),
  handler: doJob(downloadRecording, { event: "string", chunk: "number" }),
});
