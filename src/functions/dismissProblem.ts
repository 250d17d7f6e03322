import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";
import { adminLevel } from "../http/admin.ts";

app.http("dismissProblem", {
  methods: ["POST"],
  authLevel: adminLevel(),
  route: "problems/{id}/dismiss",
  handler: atFirstCall((all) => all.dismiss),
});
