import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";
import { adminLevel } from "../http/admin.ts";

app.http("callHold", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: adminLevel(),
  route: "calls/{serverCallId}/hold",
  handler: atFirstCall((all) => all.callHold),
});
