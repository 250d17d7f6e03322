import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";
import { adminLevel } from "../http/admin.ts";

app.http("reopenProblem", {
  methods: ["POST"],
  authLevel: adminLevel(),
  route: "problems/{id}/reopen",
  handler: atFirstCall((all) => all.reopen),
});
