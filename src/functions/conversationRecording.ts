import { app } from "@azure/functions";
import { conversationRecording } from "../recordings/control/conversationsApi.ts";

app.http("conversationRecording", {
  methods: ["GET", "DELETE"],
  authLevel: "function",
  route: "conversations/{conversationId}/recordings/{recordingId}",
  handler: conversationRecording,
});
