import { app } from "@azure/functions";
import { deleteAlias } from "../people/knowing/aliasesApi.ts";

app.http("personAlias", {
  methods: ["DELETE"],
  authLevel: "function",
  route: "people/{identifier}/aliases/{alias}",
  handler: deleteAlias,
});
