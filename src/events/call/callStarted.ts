import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call, person } from "../entities.ts";
import { callLegacy } from "./legacy.ts";
import { inCall } from "./members.ts";
import { withoutEmptyGroup } from "./withoutEmptyGroup.ts";

export const callStarted = defineEvent("Microsoft.Communication.CallStarted", {
  description: "A call began. Raised for calls with an ACS VoIP user only.",
  data: Type.Object({
    ...inCall,
  }),
  key: ["serverCallId"],
  usual: ["startedBy"],
  legacy: callLegacy,
  complete: withoutEmptyGroup,
  entities: ({ data }) => [call(data.serverCallId), person(data.startedBy?.communicationIdentifier)],
  summary: ({ data }) => ({ startedBy: data.startedBy?.communicationIdentifier?.rawId }),
});
