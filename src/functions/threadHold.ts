import { app } from "@azure/functions";
import { adminLevel } from "../http/admin.ts";
import { threadHold } from "../people/holds/holdsApi.ts";

app.http("threadHold", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: adminLevel(),
  route: "threads/{threadId}/hold",
  handler: threadHold,
});
