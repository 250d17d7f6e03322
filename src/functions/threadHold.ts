import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";
import { adminLevel } from "../http/admin.ts";

app.http("threadHold", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: adminLevel(),
  route: "threads/{threadId}/hold",
  handler: atFirstCall((all) => all.threadHold),
});
