import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("documentMetadata", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "recording/download/{documentId}/metadata",
  handler: atFirstCall((all) => all.documentMetadata),
});
