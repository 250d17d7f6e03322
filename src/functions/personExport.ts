import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("personExport", {
  methods: ["GET", "DELETE"],
  authLevel: "function",
  route: "people/{identifier}/exports/{id}",
  handler: atFirstCall((all) => all.personExport),
});
