import { app } from "@azure/functions";
import { adminLevel } from "../http/admin.ts";
import { reopen } from "../problems/reading/judgeProblem.ts";

app.http("reopenProblem", {
  methods: ["POST"],
  authLevel: adminLevel(),
  route: "problems/{id}/reopen",
  handler: reopen,
});
