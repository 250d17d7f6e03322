import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("personExportContent", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "people/{identifier}/exports/{id}/content",
  handler: atFirstCall((all) => all.exportContent),
});
