import { app } from "@azure/functions";
import { postExport } from "../people/exports/exportsApi.ts";

app.http("personExports", {
  methods: ["POST"],
  authLevel: "function",
  route: "people/{identifier}/exports",
  handler: postExport,
});
