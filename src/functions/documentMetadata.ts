import { app } from "@azure/functions";
import { documentMetadata } from "../recordings/serving/serveChunk.ts";

app.http("documentMetadata", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "recording/download/{documentId}/metadata",
  handler: documentMetadata,
});
