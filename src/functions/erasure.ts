import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("erasure", {
  methods: ["GET"],
  authLevel: "function",
  route: "people/{identifier}/erasures/{id}",
  handler: atFirstCall((all) => all.showErasure),
});
