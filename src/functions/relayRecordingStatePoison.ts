import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { raisePoisoned } from "../intake/raisePoisoned.ts";

app.storageQueue("relayRecordingStatePoison", {
  ...onQueue("recording-relays-poison"),
  handler: raisePoisoned("relayRecordingState"),
});
