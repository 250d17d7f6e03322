import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("problem", {
  methods: ["GET"],
  authLevel: "function",
  route: "problems/{id}",
  handler: atFirstCall((all) => all.showProblem),
});
