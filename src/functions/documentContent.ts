import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("documentContent", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "recording/download/{documentId}",
  handler: atFirstCall((all) => all.documentContent),
});
