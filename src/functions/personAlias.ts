import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("personAlias", {
  methods: ["DELETE"],
  authLevel: "function",
  route: "people/{identifier}/aliases/{alias}",
  handler: atFirstCall((all) => all.deleteAlias),
});
