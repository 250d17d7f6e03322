import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";
import { adminLevel } from "../http/admin.ts";

app.http("recordingHold", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: adminLevel(),
  route: "recordings/{recordingId}/hold",
  handler: atFirstCall((all) => all.recordingHold),
});
