import { app } from "@azure/functions";
import { documentContent } from "../recordings/serving/serveChunk.ts";

app.http("documentContent", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "recording/download/{documentId}",
  handler: documentContent,
});
