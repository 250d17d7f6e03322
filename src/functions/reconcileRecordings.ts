import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.timer("reconcileRecordings", {
  schedule: "0 */10 * * * *",
  handler: atFirstCall((all) => all.reconcileRecordings),
});
