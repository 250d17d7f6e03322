import { app } from "@azure/functions";
import { showCall } from "../calls/record/showCall.ts";
import * as recordings from "../recordings/serving/callRecordings.ts";

app.http("call", {
  methods: ["GET"],
  authLevel: "function",
  route: "calls/{serverCallId}",
  handler: showCall(recordings),
});
