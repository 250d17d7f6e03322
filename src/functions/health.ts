import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("health", {
  methods: ["GET"],
  authLevel: "anonymous",
  route: "health",
  handler: atFirstCall((all) => all.health),
});
