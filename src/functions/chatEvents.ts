import { app } from "@azure/functions";
import { announce } from "../announce.ts";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";

app.eventGrid("chatEvents", { handler: receive("chat", announce), extraOutputs: jobQueues });
