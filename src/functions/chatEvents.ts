import { app } from "@azure/functions";
import { announceChat } from "../calls/threads/announceChat.ts";
import { jobQueues } from "../intake/jobs.ts";
import { receive } from "../intake/receive.ts";

app.eventGrid("chatEvents", { handler: receive("chat", announceChat), extraOutputs: jobQueues });
