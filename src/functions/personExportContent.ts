import { app } from "@azure/functions";
import { exportContent } from "../people/exports/exportsApi.ts";

app.http("personExportContent", {
  methods: ["GET", "HEAD"],
  authLevel: "function",
  route: "people/{identifier}/exports/{id}/content",
  handler: exportContent,
});
