import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("call", {
  methods: ["GET"],
  authLevel: "function",
  route: "calls/{serverCallId}",
  handler: atFirstCall((all) => all.tellCall),
});
