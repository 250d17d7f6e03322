import { app } from "@azure/functions";
import { postConversationRecording } from "../recordings/control/conversationsApi.ts";

app.http("startConversationRecording", {
  methods: ["POST"],
  authLevel: "function",
  route: "conversations/{conversationId}/recordings",
  handler: postConversationRecording,
});
