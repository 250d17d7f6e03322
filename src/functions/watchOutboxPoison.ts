import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { raisePoisoned } from "../intake/raisePoisoned.ts";

app.storageQueue("watchOutboxPoison", {
  ...onQueue("sms-watches-poison"),
  handler: raisePoisoned("watchOutbox"),
});
