import { app } from "@azure/functions";
import { reconcileRecordings } from "../recordings/reconcile/reconcileRecordings.ts";

app.timer("reconcileRecordings", { schedule: "0 */10 * * * *", handler: reconcileRecordings });
