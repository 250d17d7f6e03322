import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("smsOptOut", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: "function",
  route: "sms/opt-outs/{ourNumber}/{theirNumber}",
  handler: atFirstCall((all) => all.optOuts),
});
