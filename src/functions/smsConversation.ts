import { app } from "@azure/functions";
import { showConversation } from "../sms/reading/showConversation.ts";

app.http("smsConversation", {
  methods: ["GET"],
  authLevel: "function",
  route: "sms/{ourNumber}/{theirNumber}",
  handler: showConversation,
});
