import { app } from "@azure/functions";
import { adminLevel } from "../http/admin.ts";
import { personHold } from "../people/holds/holdsApi.ts";

app.http("personHold", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: adminLevel(),
  route: "people/{identifier}/hold",
  handler: personHold,
});
