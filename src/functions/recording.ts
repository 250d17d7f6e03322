import { app } from "@azure/functions";
import { showRecording } from "../recordings/serving/showRecording.ts";

app.http("recording", {
  methods: ["GET"],
  authLevel: "function",
  route: "recordings/{recordingId}",
  handler: showRecording,
});
