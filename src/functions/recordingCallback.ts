import { app } from "@azure/functions";
import { announceCall } from "../calls/record/announceCall.ts";
import { receiveStateCallback } from "../recordings/control/receiveStateCallback.ts";

// Anonymous for the host: ACS has no function key, but a token of its own.
app.http("recordingCallback", {
  methods: ["POST"],
  authLevel: "anonymous",
  route: "callbacks/recording",
  handler: receiveStateCallback(announceCall),
});
