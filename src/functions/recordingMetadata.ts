import { app } from "@azure/functions";
import { chunkMetadata } from "../recordings/serving/serveChunk.ts";

app.http("recordingMetadata", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "recordings/{recordingId}/chunks/{index}/metadata",
  handler: chunkMetadata,
});
