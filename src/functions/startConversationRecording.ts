import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("startConversationRecording", {
  methods: ["POST"],
  authLevel: "function",
  route: "conversations/{conversationId}/recordings",
  handler: atFirstCall((all) => all.postConversationRecording),
});
