import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("calls", {
  methods: ["GET"],
  authLevel: "function",
  route: "calls",
  handler: atFirstCall((all) => all.tellCalls),
});
