import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("replayProblem", {
  methods: ["POST"],
  authLevel: "function",
  route: "problems/{id}/replay",
  handler: atFirstCall((all) => all.postReplay),
});
