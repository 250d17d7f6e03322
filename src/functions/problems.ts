import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("problems", {
  methods: ["GET"],
  authLevel: "function",
  route: "problems",
  handler: atFirstCall((all) => all.problems),
});
