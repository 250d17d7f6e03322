import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { raisePoisoned } from "../intake/raisePoisoned.ts";

app.storageQueue("syncOptOutPoison", { ...onQueue("sms-opt-outs-poison"), handler: raisePoisoned("syncOptOut") });
