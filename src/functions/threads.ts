import { app } from "@azure/functions";
import { listThreads } from "../calls/threads/listThreads.ts";

app.http("threads", { methods: ["GET"], authLevel: "function", route: "threads", handler: listThreads });
