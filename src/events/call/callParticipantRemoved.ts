import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call, person } from "../entities.ts";
import { documented } from "../fields.ts";
import { callLegacy } from "./legacy.ts";
import { inCall, participation } from "./members.ts";
import { withoutEmptyGroup } from "./withoutEmptyGroup.ts";

export const callParticipantRemoved = defineEvent("Microsoft.Communication.CallParticipantRemoved", {
  description: "Somebody left a call.",
  data: Type.Object({
    ...inCall,
    ...participation,
    reason: documented("object", "Why; in one specification example only"),
  }),
  key: ["serverCallId"],
  usual: ["user", "participantId", "startedBy"],
  legacy: callLegacy,
  complete: withoutEmptyGroup,
  entities: ({ data }) => [
    call(data.serverCallId),
    person(data.user?.communicationIdentifier),
    person(data.startedBy?.communicationIdentifier),
  ],
  summary: ({ data }) => ({ user: data.user?.communicationIdentifier?.rawId }),
});
