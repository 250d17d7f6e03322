import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("thread", {
  methods: ["GET"],
  authLevel: "function",
  route: "threads/{threadId}",
  handler: atFirstCall((all) => all.tellThread),
});
