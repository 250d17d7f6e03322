import { app } from "@azure/functions";
import { putAliases } from "../people/knowing/aliasesApi.ts";

app.http("personAliases", {
  methods: ["PUT"],
  authLevel: "function",
  route: "people/{identifier}/aliases",
  handler: putAliases,
});
