import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("startRecording", {
  methods: ["POST"],
  authLevel: "function",
  route: "recordings",
  handler: atFirstCall((all) => all.postRecording),
});
