import { app } from "@azure/functions";
import { listCalls } from "../calls/record/listCalls.ts";
import { callRecordings } from "../recordings/serving/callRecordings.ts";

app.http("calls", { methods: ["GET"], authLevel: "function", route: "calls", handler: listCalls(callRecordings) });
