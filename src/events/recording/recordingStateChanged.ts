import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call, recording } from "../entities.ts";
import { text, time } from "../fields.ts";

export const recordingStateChanged = defineEvent("Microsoft.Communication.RecordingStateChanged", {
  description:
    "A recording became active or inactive; inactive is a paused one too. Not an Event Grid type: Call Automation posts it to the callback of the recording's start.",
  data: Type.Object({
    recordingId: text("The recording"),
    state: text("active, inactive"),
    startDateTime: time("When the recording began"),
    recordingKind: text("azureCommunicationServices, teams, …"),
    callConnectionId: text("This app's connection to the call, if it has one"),
    serverCallId: text("The call"),
    correlationId: text("The call id"),
  }),
  key: ["recordingId", "state"],
  usual: ["startDateTime"],
  aliases: ["Microsoft.Communication.CallRecordingStateChanged"],
  legacy: {
    renamed: {
      RecordingId: "recordingId",
      State: "state",
      StartDateTime: "startDateTime",
      ConversationId: "serverCallId",
      conversationId: "serverCallId",
    },
  },
  entities: ({ data }) => [recording(data.recordingId), call(data.serverCallId)],
});
