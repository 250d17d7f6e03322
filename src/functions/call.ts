import { app } from "@azure/functions";
import { showCall } from "../calls/record/showCall.ts";
import { withUserIds } from "../people/knowing/withUserIds.ts";
import { callRecordings } from "../recordings/serving/callRecordings.ts";

app.http("call", {
  methods: ["GET"],
  authLevel: "function",
  route: "calls/{serverCallId}",
  handler: withUserIds(showCall(callRecordings)),
});
