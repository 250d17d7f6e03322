import { app } from "@azure/functions";
import { postConversationOperation } from "../recordings/control/conversationsApi.ts";

app.http("controlConversationRecording", {
  methods: ["POST"],
  authLevel: "function",
  route: "conversations/{conversationId}/recordings/{recordingId}/{operation}",
  handler: postConversationOperation,
});
