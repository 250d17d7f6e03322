import { app } from "@azure/functions";
import { adminLevel } from "../http/admin.ts";
import { recordingHold } from "../people/holds/holdsApi.ts";

app.http("recordingHold", {
  methods: ["GET", "PUT", "DELETE"],
  authLevel: adminLevel(),
  route: "recordings/{recordingId}/hold",
  handler: recordingHold,
});
