import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("person", {
  methods: ["GET"],
  authLevel: "function",
  route: "people/{identifier}",
  handler: atFirstCall((all) => all.showPerson),
});
