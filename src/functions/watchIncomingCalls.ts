import { app } from "@azure/functions";
import { watchIncomingCalls } from "../calls/incoming/watchIncomingCalls.ts";

app.timer("watchIncomingCalls", { schedule: "30 * * * * *", handler: watchIncomingCalls });
