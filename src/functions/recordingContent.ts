import { app } from "@azure/functions";
import { chunkContent } from "../recordings/serving/serveChunk.ts";

// Of the whole app: without it the host would hold each answer in memory.
app.setup({ enableHttpStream: true });

app.http("recordingContent", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "recordings/{recordingId}/chunks/{index}/content",
  handler: chunkContent,
});
