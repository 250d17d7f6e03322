import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("smsConversations", {
  methods: ["GET"],
  authLevel: "function",
  route: "sms",
  handler: atFirstCall((all) => all.listConversations),
});
