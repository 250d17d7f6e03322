import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { raisePoisoned } from "../intake/raisePoisoned.ts";

app.storageQueue("sendOutboxPoison", {
  ...onQueue("sms-sends-poison"),
  handler: raisePoisoned("sendOutbox"),
});
