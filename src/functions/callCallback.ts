import { app } from "@azure/functions";
import { receiveCallCallback } from "../calls/callbacks/receiveCallCallback.ts";
import { announceCall } from "../calls/record/announceCall.ts";

// Anonymous for the host: ACS has no function key, but a token of its own.
app.http("callCallback", {
  methods: ["POST"],
  authLevel: "anonymous",
  route: "callbacks/calls",
  handler: receiveCallCallback(announceCall),
});
