import { app } from "@azure/functions";
import { announce } from "../announce.ts";
import { receiveCallCallback } from "../calls/callbacks/receiveCallCallback.ts";

// Anonymous for the host: ACS has no function key, but a token of its own.
app.http("callCallback", {
  methods: ["POST"],
  authLevel: "anonymous",
  route: "callbacks/calls",
  handler: receiveCallCallback(announce),
});
