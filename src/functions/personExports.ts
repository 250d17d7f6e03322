import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("personExports", {
  methods: ["POST"],
  authLevel: "function",
  route: "people/{identifier}/exports",
  handler: atFirstCall((all) => all.postExport),
});
