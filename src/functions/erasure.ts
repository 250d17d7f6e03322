import { app } from "@azure/functions";
import { showErasure } from "../people/erasure/showErasure.ts";

app.http("erasure", {
  methods: ["GET"],
  authLevel: "function",
  route: "people/{identifier}/erasures/{id}",
  handler: showErasure,
});
