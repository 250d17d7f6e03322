import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("conversationRecording", {
  methods: ["GET", "DELETE"],
  authLevel: "function",
  route: "conversations/{conversationId}/recordings/{recordingId}",
  handler: atFirstCall((all) => all.conversationRecording),
});
