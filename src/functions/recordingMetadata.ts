import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("recordingMetadata", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "recordings/{recordingId}/chunks/{index}/metadata",
  handler: atFirstCall((all) => all.chunkMetadata),
});
