import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.http("recordings", {
  methods: ["GET"],
  authLevel: "function",
  route: "recordings",
  handler: atFirstCall((all) => all.listRecordings),
});
