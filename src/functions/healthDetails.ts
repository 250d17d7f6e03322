import { app } from "@azure/functions";
import { tryAcs } from "../acs/tryAcs.ts";
import { healthDetails } from "../http/health.ts";

app.http("healthDetails", {
  methods: ["GET"],
  authLevel: "function",
  route: "health/details",
  handler: healthDetails(tryAcs),
});
