import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("recording", {
  methods: ["GET"],
  authLevel: "function",
  route: "recordings/{recordingId}",
  handler: atFirstCall((all) => all.tellRecording),
});
