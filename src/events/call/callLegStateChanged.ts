import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call } from "../entities.ts";
import { text } from "../fields.ts";

export const callLegStateChanged = defineEvent("Microsoft.Communication.CallLegStateChanged", {
  description:
    "A call leg changed its state. Not an Event Grid type: Call Automation of 2021 posted it to a callback URL, and it told which conversation a leg belongs to.",
  data: Type.Object({
    conversationId: text("The call, as a serverCallId; absent while Establishing"),
    callLegId: text("The leg"),
    callState: text("Establishing, Established, Terminating, Terminated"),
  }),
  key: ["callLegId"],
  usual: ["callState"],
  legacy: { renamed: { ConversationId: "conversationId", CallLegId: "callLegId", CallState: "callState" } },
  entities: ({ data }) => [call(data.conversationId)],
});
