import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("smsConversation", {
  methods: ["GET"],
  authLevel: "function",
  route: "sms/{ourNumber}/{theirNumber}",
  handler: atFirstCall((all) => all.showConversation),
});
