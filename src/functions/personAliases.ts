import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("personAliases", {
  methods: ["PUT"],
  authLevel: "function",
  route: "people/{identifier}/aliases",
  handler: atFirstCall((all) => all.putAliases),
});
