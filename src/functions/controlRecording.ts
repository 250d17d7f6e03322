import { app } from "@azure/functions";
import { postOperation } from "../recordings/control/recordingsApi.ts";

app.http("controlRecording", {
  methods: ["POST"],
  authLevel: "function",
  route: "recordings/{recordingId}/{operation}",
  handler: postOperation,
});
