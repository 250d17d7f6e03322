import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("controlRecording", {
  methods: ["POST"],
  authLevel: "function",
  route: "recordings/{recordingId}/{operation}",
  handler: atFirstCall((all) => all.postOperation),
});
