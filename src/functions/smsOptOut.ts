import { app } from "@azure/functions";
import { optOuts } from "../sms/optOut/optOutsApi.ts";

app.http("smsOptOut", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: "function",
  route: "sms/opt-outs/{ourNumber}/{theirNumber}",
  handler: optOuts,
});
