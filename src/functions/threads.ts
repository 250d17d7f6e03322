import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("threads", {
  methods: ["GET"],
  authLevel: "function",
  route: "threads",
  handler: atFirstCall((all) => all.listThreads),
});
