import { app } from "@azure/functions";
import { showCall } from "../calls/record/showCall.ts";
import { withUserIds } from "../people/knowing/withUserIds.ts";
import * as recordings from "../recordings/serving/callRecordings.ts";

app.http("call", {
  methods: ["GET"],
  authLevel: "function",
  route: "calls/{serverCallId}",
  handler: withUserIds(showCall(recordings)),
});
