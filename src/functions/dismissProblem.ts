import { app } from "@azure/functions";
import { adminLevel } from "../http/admin.ts";
import { dismiss } from "../problems/reading/judgeProblem.ts";

app.http("dismissProblem", {
  methods: ["POST"],
  authLevel: adminLevel(),
  route: "problems/{id}/dismiss",
  handler: dismiss,
});
