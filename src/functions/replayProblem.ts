import { app } from "@azure/functions";
import { postReplay } from "../problems/replay/postReplay.ts";

app.http("replayProblem", {
  methods: ["POST"],
  authLevel: "function",
  route: "problems/{id}/replay",
  handler: postReplay,
});
