import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { raisePoisoned } from "../intake/raisePoisoned.ts";

app.storageQueue("sendAutoReplyPoison", { ...onQueue("sms-replies-poison"), handler: raisePoisoned("sendAutoReply") });
