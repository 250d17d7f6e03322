import { app } from "@azure/functions";
import { adminLevel } from "../http/admin.ts";
import { askErasure } from "../people/erasure/askErasure.ts";

app.http("erasePerson", {
  methods: ["DELETE"],
  authLevel: adminLevel(),
  route: "people/{identifier}",
  handler: askErasure,
});
