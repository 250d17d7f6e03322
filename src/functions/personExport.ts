import { app } from "@azure/functions";
import { personExport } from "../people/exports/exportsApi.ts";

app.http("personExport", {
  methods: ["GET", "DELETE"],
  authLevel: "function",
  route: "people/{identifier}/exports/{id}",
  handler: personExport,
});
