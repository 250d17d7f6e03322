import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

// Of the whole app: without it the host would hold each answer in memory.
app.setup({ enableHttpStream: true });

app.http("recordingContent", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "recordings/{recordingId}/chunks/{index}/content",
  handler: atFirstCall((all) => all.chunkContent),
});
