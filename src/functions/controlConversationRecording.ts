import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("controlConversationRecording", {
  methods: ["POST"],
  authLevel: "function",
  route: "conversations/{conversationId}/recordings/{recordingId}/{operation}",
  handler: atFirstCall((all) => all.postConversationOperation),
});
