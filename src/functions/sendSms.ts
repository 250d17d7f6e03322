import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("sendSms", {
  methods: ["POST"],
  authLevel: "function",
  route: "sms",
  handler: atFirstCall((all) => all.postSms),
});
