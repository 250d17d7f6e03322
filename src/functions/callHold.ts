import { app } from "@azure/functions";
import { adminLevel } from "../http/admin.ts";
import { callHold } from "../people/holds/holdsApi.ts";

app.http("callHold", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: adminLevel(),
  route: "calls/{serverCallId}/hold",
  handler: callHold,
});
