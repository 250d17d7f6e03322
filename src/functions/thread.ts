import { app } from "@azure/functions";
import { showThread } from "../calls/threads/showThread.ts";

app.http("thread", { methods: ["GET"], authLevel: "function", route: "threads/{threadId}", handler: showThread });
