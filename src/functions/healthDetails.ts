import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("healthDetails", {
  methods: ["GET"],
  authLevel: "function",
  route: "health/details",
  handler: atFirstCall((all) => all.tellHealth),
});
